import { html, type TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import { codeText } from './code-text.js';
import { copyCode } from './copy-code.js';
import type { MarkdownLabels } from './markdown-labels.js';
import { openFenceOf } from './open-fence.js';

/** Turns a code block into one `<pre><code>` with a bar that names the language and copies. */
export function renderCode(token: Tokens.Code, labels: MarkdownLabels): TemplateResult {
  const language = /^[\w+#.-]{1,30}/.exec(token.lang ?? '')?.[0] ?? '';
  const open = openFenceOf(token) !== undefined;
  // No blanks between the elements: an answer has many of these, and each blank would be a node.
  return html`<div class="block code"><div class="code-bar"><span class="code-language">${language}</span
    ><button class="code-copy" part="code-copy" type="button" @click=${copyCode}
      ><span class="code-to-copy">${labels.copy}</span><span class="code-is-copied">${labels.copied}</span></button></div
    ><pre part="code" role="group" aria-label=${language || labels.code} tabindex="0"><code ${codeText(withoutLastBreak(token.text), language, open)}></code></pre></div>`;
}

const withoutLastBreak = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);
