import '../define.js';
import { featureList } from '../features/feature-list.js';
import type { NovaChat } from '../nova-chat/nova-chat.js';
import { HandWrittenTransport } from './hand-written-transport.js';

/** A chat in the page, and the other side of its conversation. */
export interface MountedChat {
  chat: NovaChat;
  transport: HandWrittenTransport;
  /** Finds an element of the shadow tree; fails when there is none. */
  find: <Found extends HTMLElement = HTMLElement>(selector: string) => Found;
  findAll: (selector: string) => HTMLElement[];
  /** The element with the focus, inside the chat. */
  focused: () => Element | null;
  /** Resolves when everything that has happened is on the screen. */
  settle: () => Promise<void>;
  unmount: () => void;
}

// On a busy machine a feature would come so late that a test is ahead of it, even one that has been loaded before.
for (const entry of featureList) {
  const module = await entry.load();
  Object.assign(entry, { load: async () => module });
}

/** Puts a chat into the page; `properties` are set before. */
export async function mountChat(
  properties: Partial<NovaChat> = {},
  parent: HTMLElement = document.body,
): Promise<MountedChat> {
  const transport = new HandWrittenTransport();
  const chat = Object.assign(document.createElement('nova-chat'), {
    client: transport,
    persist: 'none' as const,
    ...properties,
  });
  parent.append(chat);
  const root = (): ShadowRoot => chat.renderRoot as ShadowRoot;
  const mounted: MountedChat = {
    chat,
    transport,
    find<Found extends HTMLElement>(selector: string): Found {
      const found = root().querySelector<Found>(selector);
      if (!found) throw new Error(`There is no ${selector}.`);
      return found;
    },
    findAll: (selector) => [...root().querySelectorAll<HTMLElement>(selector)],
    focused: () => root().activeElement,
    async settle() {
      // Events arrive by microtasks, the state renders at the next frame, the views one by one below it.
      for (let round = 0; round < 2; round += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await chat.updateComplete;
      for (const view of root().querySelectorAll<NovaChat>('nova-transcript, nova-composer, nova-message')) {
        await view.updateComplete;
      }
    },
    unmount: () => chat.remove(),
  };
  await mounted.settle();
  return mounted;
}
