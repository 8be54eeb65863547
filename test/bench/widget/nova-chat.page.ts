// Ours: the script tag.
import { createMessage } from '@nova-chat/client/conversation';
import type { NovaChat } from '@nova-chat/widget';
import { lastWords, nextFrame } from './benched-chat.js';
import { benchmark } from './page.js';

/** The global of the script tag, or what stands in for it until the script has come. */
type Nova = ((name: string, ...parameters: unknown[]) => unknown) & { q?: unknown[][] };

function toNova(): Nova {
  const page = window as { nova?: Nova };
  const q: unknown[][] = [];
  page.nova ??= Object.assign((...call: unknown[]) => void q.push(call), { q });
  return page.nova;
}

let chat: NovaChat;
let hasEnded = false;

const inside = (selector: string): Element[] => [...(chat.shadowRoot?.querySelectorAll(selector) ?? [])];

benchmark({
  async open(messages) {
    // As a page asks for it: who looks at each frame hears of it a frame later.
    chat = await new Promise<NovaChat>((resolve) => toNova()('ready', resolve));
    while (inside('textarea').length === 0) await nextFrame();
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
