import type { NovaChat } from '@nova-chat/widget';
import type { FrameSettings } from './frame-settings.js';

/** Puts a chat with these settings into a place, and asks where the settings say so. */
export function mountChat(place: HTMLElement, settings: FrameSettings): NovaChat {
  const { scenario, mode, theme, accent, start, network } = settings;
  const chat = document.createElement('nova-chat');
  // Nothing listens on port 9: what a visitor without a network meets.
  chat.endpoint = network === 'offline' ? 'http://127.0.0.1:9' : `/scenario/${scenario}`;
  chat.mode = mode;
  chat.theme = theme;
  chat.open = start !== 'closed';
  if (accent) chat.style.setProperty('--nova-accent', accent);
  place.append(chat);
  if (start === 'ask') chat.send('What is Nova Chat, and what does it look like?');
  return chat;
}
