import type { NovaChat } from '@nova-chat/widget';
import type { FrameSettings } from './frame-settings.js';
import { askAsVisitor, prepareChat } from './prepare-chat.js';
import { preparePage } from './prepare-page.js';
import { presets } from './presets.js';
import { scenarios } from './scenarios.js';

/** Puts a chat with these settings into a place, and asks where the settings say so. */
export function mountChat(place: HTMLElement, settings: FrameSettings): NovaChat {
  const { mode, position, theme, start } = settings;
  const scenario = scenarios.find(({ name }) => name === settings.scenario);
  const preset = presets.find(({ name }) => name === settings.preset);
  const chat = document.createElement('nova-chat');
  chat.endpoint = preparePage(scenario?.page, settings.scenario);
  // Each state begins anew.
  chat.persist = 'none';
  Object.assign(chat, { mode, position, theme: preset?.theme ?? theme, open: start !== 'closed' });
  for (const [name, value] of Object.entries(preset?.properties ?? {})) chat.style.setProperty(name, value);
  prepareChat(chat, settings.scenario);
  place.append(chat);
  if (start === 'ask') askAsVisitor(chat, settings.scenario);
  return chat;
}
