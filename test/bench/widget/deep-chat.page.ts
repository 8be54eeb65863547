// The peer: deep-chat from npm, in the same place of the page.
import 'deep-chat';
import { lastWords, nextFrame } from './benched-chat.js';
import { benchmark } from './page.js';

const chat = document.createElement('deep-chat') as HTMLElement & {
  history: object[];
  connect: object;
  submitUserMessage(message: { text: string }): void;
};
let hasEnded = false;

const shadow = (selector: string): HTMLElement | null => chat.shadowRoot?.querySelector(selector) ?? null;

benchmark({
  async open(messages) {
    chat.connect = { url: '/deep-chat', method: 'POST', stream: true };
    chat.addEventListener('message', (event) => {
      const { isHistory, message } = (event as CustomEvent<{ isHistory: boolean; message: { role: string } }>).detail;
      if (!isHistory && message.role === 'ai') hasEnded = true;
    });
    chat.history = messages.map((text, index) => ({ text, role: index % 2 ? 'ai' : 'user' }));
    document.body.append(chat);
    while (!shadow('#text-input')) await nextFrame();
    while (messages.length > 0 && !shadow('#messages')?.textContent?.includes(lastWords)) await nextFrame();
  },
  ask(question) {
    hasEnded = false;
    chat.submitUserMessage({ text: question });
  },
  isShown: () => hasEnded && Boolean(shadow('#messages')?.textContent?.trimEnd().endsWith(lastWords)),
});
