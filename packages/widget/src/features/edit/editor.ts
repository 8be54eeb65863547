import { html, type TemplateResult } from 'lit';
import type { NovaWords } from '../../i18n/feature-strings.js';

export interface EditorOptions {
  draft: string;
  words: NovaWords;
  onInput: (event: Event, text: string) => void;
  onCancel: (event: Event) => void;
  onAsk: (event: Event) => void;
}

/** Shows a question as an input, with the keys of the input below: Enter asks, Escape leaves it as it was. */
export function editor({ draft, words, onInput, onCancel, onAsk }: EditorOptions): TemplateResult {
  return html`<form class="editor" part="editor" @submit=${onSubmit} @keydown=${onKeydown}>
    <div class="grow">
      <pre .textContent=${`${draft} `}></pre>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${words.editQuestion}
        .value=${draft}
        @input=${(event: Event) => onInput(event, (event.currentTarget as HTMLTextAreaElement).value)}
      ></textarea>
    </div>
    <div class="choices">
      <button class="quiet-button" part="choice" type="button" @click=${onCancel}>${words.cancel}</button>
      <button class="strong-button" part="choice choice-main" type="submit">${words.askAgain}</button>
    </div>
  </form>`;

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    onAsk(event);
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel(event);
    } else if (event.key === 'Enter' && !event.shiftKey && event.target instanceof HTMLTextAreaElement) {
      event.preventDefault();
      onAsk(event);
    }
  }
}
