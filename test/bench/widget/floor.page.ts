// The floor: an input, and streaming-markdown writing into a list that scrolls; nothing of what makes it a chat.
import { default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';
import { lastWords, readAnswer } from './benched-chat.js';
import { benchmark } from './page.js';

const log = document.createElement('div');
log.className = 'floor-log';
const input = document.createElement('textarea');

function append(): HTMLElement {
  const message = document.createElement('div');
  log.append(message);
  return message;
}

let hasEnded = false;

benchmark({
  async open(messages) {
    document.body.append(log, input);
    for (const [index, text] of messages.entries()) {
      const message = append();
      if (index % 2 === 0) {
        message.textContent = text;
        continue;
      }
      const writing = parser(default_renderer(message));
      parser_write(writing, text);
      parser_end(writing);
    }
    log.scrollTop = log.scrollHeight;
  },
  async ask(question) {
    hasEnded = false;
    append().textContent = question;
    const writing = parser(default_renderer(append()));
    await readAnswer(question, (text) => {
      parser_write(writing, text);
      log.scrollTop = log.scrollHeight;
    });
    parser_end(writing);
    hasEnded = true;
  },
  isShown: () => hasEnded && Boolean(log.lastElementChild?.textContent?.trimEnd().endsWith(lastWords)),
});
