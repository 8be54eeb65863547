import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Views } from '../features/feature.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { icon } from './icons.js';
import { SharedRootElement } from './shared-root-element.js';

/**
 * Takes the question. The draft is let go of only when it has been taken, and comes back when it was refused.
 *
 * @internal
 */
export class NovaComposer extends SharedRootElement {
  static override properties: PropertyDeclarations = {
    strings: {},
    placeholder: {},
    streaming: {},
    disabled: {},
    attached: {},
    noticed: {},
    refused: {},
    views: {},
    draft: {},
  };

  strings!: NovaStrings;
  placeholder = '';
  streaming = false;
  disabled = false;
  /** Whether files go along, so that the question may be blank. */
  attached = false;
  /** Whether the last message has a notice, which then describes the input. */
  noticed = false;
  /** The question that was refused. Goes back into an empty input, and out of it when it is asked again. */
  refused = '';
  views: Views = () => [];
  draft = '';
  /** Says whether the question has been taken. */
  onSend: (text: string) => boolean = () => false;
  onStop: () => void = () => {};

  /** Puts the cursor into the input; never scrolls the page. */
  focusInput(): void {
    this.#input?.focus({ preventScroll: true });
  }

  /** Goes to the button that stops, when the control that was used goes away. Opens no on-screen keyboard. */
  focusButton(): void {
    this.renderRoot.querySelector<HTMLElement>('.send')?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('refused')) return;
    if (this.refused && !this.draft) this.draft = this.refused;
    else if (!this.refused && this.draft === changed.get('refused')) this.draft = '';
  }

  protected override render(): TemplateResult {
    const { strings, streaming } = this;
    const isBlank = (this.draft.trim() === '' && !this.attached) || this.disabled;
    return html`<form class="composer" part="composer" @submit=${this.#onSubmit} @click=${this.#onClick}>
      ${this.views('start')}
      <div class="grow">
        <pre .textContent=${`${this.draft} `}></pre>
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          aria-label=${strings.input}
          aria-describedby=${this.noticed ? 'nova-notice' : nothing}
          placeholder=${this.placeholder || strings.input}
          ?disabled=${this.disabled}
          .value=${this.draft}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
        ></textarea>
      </div>
      ${this.views('end')}
      <button
        class="round send"
        part="send"
        type="submit"
        aria-label=${streaming ? strings.stop : strings.send}
        aria-disabled=${!streaming && isBlank}
      >
        ${icon(streaming ? 'stop' : 'send')}
      </button>
    </form>`;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #onInput(): void {
    this.draft = this.#input?.value ?? '';
  }

  #onKeydown(event: KeyboardEvent): void {
    // 229 is what Safari reports for the Enter that ends a composition, after `isComposing` has become false.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.streaming) this.onStop();
    else this.#send();
  }

  /** The frame around the input is part of it. */
  #onClick(event: MouseEvent): void {
    if (event.target === event.currentTarget) this.focusInput();
  }

  #send(): void {
    if (!this.onSend(this.draft)) return;
    this.draft = '';
  }
}
