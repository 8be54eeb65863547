// Ours: the script tag.
import { createMessage } from '@nova-chat/client/conversation';
import type { NovaChat } from '@nova-chat/widget';
import { lastWords, nextFrame } from './benched-chat.js';
import { benchmark } from './page.js';

let chat: NovaChat;
let hasEnded = false;

const inside = (selector: string): Element[] => [...(chat.shadowRoot?.querySelectorAll(selector) ?? [])];

benchmark({
  async open(messages) {
    while (!(document.querySelector('nova-chat') as NovaChat | null)?.shadowRoot?.querySelector('textarea')) {
      await nextFrame();
    }
    chat = document.querySelector('nova-chat') as NovaChat;
    chat.addEventListener('nova-response-end', () => {
      hasEnded = true;
    });
    if (messages.length === 0) return;
    const history = messages.map((text, index) =>
      createMessage({
        id: `m${index}`,
        role: index % 2 ? 'assistant' : 'user',
        status: 'complete',
        createdAt: 0,
        text,
      }),
    );
    chat.conversation.load(history);
    hasEnded = true;
    while (!this.isShown()) await nextFrame();
  },
  ask(question) {
    hasEnded = false;
    chat.send(question);
  },
  isShown: () => hasEnded && Boolean(inside('.assistant .markdown').at(-1)?.textContent?.trimEnd().endsWith(lastWords)),
});
