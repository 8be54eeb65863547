import type { ChatEvent } from '@nova-chat/client/protocol';
import type { NovaChat } from '../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from './mount-chat.js';

/** A chat whose features are loaded as soon as they are wanted. */
export interface AnsweredChat extends MountedChat {
  /** Asks, and waits until the question is on its way: it waits for features that are being loaded. */
  ask(question: string): Promise<void>;
  /** Asks, and answers at once. */
  exchange(question: string, ...answer: (string | ChatEvent)[]): Promise<void>;
  /** Answers what has been asked. */
  answer(...answer: (string | ChatEvent)[]): Promise<void>;
  /** Waits until an element is there, such as one of a feature that is loaded. */
  when: <Found extends HTMLElement = HTMLElement>(selector: string) => Promise<Found>;
  /** A button by its name; the last one of several. */
  button: (name: string) => HTMLButtonElement;
  /** The text of each message. */
  texts: () => string[];
}

/** Mounts an open chat. */
export async function mountAnsweredChat(properties: Partial<NovaChat> = {}): Promise<AnsweredChat> {
  const mounted = await mountChat({ open: true, ...properties });
  const { chat, transport, find, findAll, settle } = mounted;
  const answer: AnsweredChat['answer'] = async (...parts) => {
    for (const part of parts) {
      if (typeof part === 'string') transport.say(part);
      else transport.write(part);
    }
    transport.complete();
    await settle();
  };
  const ask: AnsweredChat['ask'] = async (question) => {
    const asked = transport.inputs.length;
    chat.send(question);
    for (let round = 0; round < 50 && transport.inputs.length === asked; round += 1) await settle();
    if (transport.inputs.length === asked) throw new Error(`Nobody was asked: ${question}`);
    await settle();
  };
  return {
    ...mounted,
    answer,
    ask,
    async exchange(question, ...parts) {
      await ask(question);
      await answer(...parts);
    },
    async when(selector) {
      for (let round = 0; round < 100 && findAll(selector).length === 0; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      return find(selector);
    },
    button(name) {
      const found = findAll('button').filter(
        (button) => (button.getAttribute('aria-label') ?? button.innerText) === name,
      );
      const last = found.at(-1);
      if (!last) throw new Error(`There is no button ${name}.`);
      return last as HTMLButtonElement;
    },
    texts: () => findAll('nova-message .bubble').map(({ innerText }) => innerText),
  };
}
