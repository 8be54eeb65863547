import '@nova-chat/widget/define';
import { type FrameSettings, parseSettings } from './frame-settings.js';

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
mountChat(settings);

function dressPage({ theme, direction, mode }: FrameSettings): void {
  const { documentElement } = document;
  const isDark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  documentElement.dir = direction;
  documentElement.classList.toggle('dark', isDark);
  documentElement.classList.toggle('inline', mode === 'inline');
}

function mountChat({ scenario, mode, theme, accent, start, network }: FrameSettings): void {
  const chat = document.createElement('nova-chat');
  // Nothing listens on port 9: what a visitor without a network meets.
  chat.setAttribute('endpoint', network === 'offline' ? 'http://127.0.0.1:9' : `/scenario/${scenario}`);
  chat.setAttribute('mode', mode);
  chat.setAttribute('theme', theme);
  if (accent) chat.style.setProperty('--nova-accent', accent);
  if (start !== 'closed') chat.setAttribute('open', '');
  for (const name of events) chat.addEventListener(name, () => parent.postMessage({ event: name }, location.origin));
  document.body.append(chat);
  if (start === 'ask') chat.send('What is Nova Chat, and what does it look like?');
}
