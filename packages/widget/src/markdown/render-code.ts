import type { Tokens } from 'marked';
import type { ElementWriter } from './element-writer.js';
import { openFenceOf } from './open-fence.js';
import { showCode } from './show-code.js';

/** Writes a code block: one `<pre><code>` with a bar that names the language and copies. */
export function renderCode(token: Tokens.Code, to: ElementWriter): void {
  const { labels } = to;
  const language = /^[\w+#.-]{1,30}/.exec(token.lang ?? '')?.[0] ?? '';
  const isOpen = openFenceOf(token) !== undefined;
  const span = (name: string, text: string): HTMLElement => to.element(`span.code-${name}`, text);
  const writeButton = (): void => {
    span('to-copy', labels.copy);
    span('is-copied', labels.copied);
  };
  const writeBar = (): void => {
    span('language', language);
    to.element('button.code-copy', writeButton, { part: 'code-copy', type: 'button' });
  };
  const writeBlock = (): void => {
    to.element('div.code-bar', writeBar);
    to.element('pre', () => showCode(to.element('code'), token.text.replace(/\n$/, ''), isOpen ? '' : language), {
      part: 'code',
      role: 'group',
      'aria-label': language || labels.code,
      tabindex: '0',
    });
  };
  to.element('div.block code', writeBlock);
}
