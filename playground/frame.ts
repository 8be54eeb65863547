import '@nova-chat/widget/define';
import { type FrameSettings, parseSettings } from './frame-settings.js';
import { mountChat } from './mount-chat.js';
import { presets } from './presets.js';

const events = [
  'nova-ready',
  'nova-show',
  'nova-hide',
  'nova-before-send',
  'nova-send',
  'nova-response-start',
  'nova-response-end',
  'nova-error',
  'nova-feedback',
  'nova-consent',
  'nova-conversation-change',
];

const settings = parseSettings(location.search);
dressPage(settings);
for (const name of events) document.addEventListener(name, () => parent.postMessage({ event: name }, location.origin));
mountChat(document.body, settings);

function dressPage({ theme, direction, mode, preset }: FrameSettings): void {
  const { documentElement } = document;
  const wanted = presets.find(({ name }) => name === preset)?.theme ?? theme;
  const isDark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  documentElement.dir = direction;
  documentElement.classList.toggle('dark', isDark);
  documentElement.classList.toggle('inline', mode === 'inline');
}
