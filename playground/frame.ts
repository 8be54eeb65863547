import '@nova-chat/widget/define';
import { type FrameSettings, parseSettings } from './frame-settings.js';
import { mountChat } from './mount-chat.js';

const events = [
  'nova-ready',
  'nova-show',
  'nova-hide',
  'nova-before-send',
  'nova-send',
  'nova-response-start',
  'nova-response-end',
  'nova-error',
];

const settings = parseSettings(location.search);
if (settings.network === 'offline') Object.defineProperty(navigator, 'onLine', { get: () => false });
dressPage(settings);
for (const name of events) document.addEventListener(name, () => parent.postMessage({ event: name }, location.origin));
mountChat(document.body, settings);

function dressPage({ theme, direction, mode }: FrameSettings): void {
  const { documentElement } = document;
  const isDark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  documentElement.dir = direction;
  documentElement.classList.toggle('dark', isDark);
  documentElement.classList.toggle('inline', mode === 'inline');
}
