import { css, html, unsafeCSS } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { NovaModel } from '../../nova-chat/nova-chat-properties.js';
import type { Feature, FeatureHost } from '../feature.js';
import { selectStyles } from '../shared/select.styles.js';
import { createChosenModel } from './chosen-model.js';

/** Lets the visitor choose the model of the next questions. */
export function createFeature(chat: FeatureHost): Feature {
  const kept = createChosenModel(chat);
  let chosen: string | undefined;
  /** What the page had chosen before. */
  let given = '';
  const own = (): string => (chat.model === chosen ? given : chat.model);
  const choose = (model: string): void => {
    given = own();
    chosen = chat.model = model;
  };
  const models = (): NovaModel[] =>
    (chat.models ?? []).map((model) => (typeof model === 'string' ? { id: model, label: model } : model));
  const before = kept.read(chat.model);
  if (models().some(({ id }) => id === before)) choose(before);

  const onChange = (event: Event): void => choose((event.target as HTMLSelectElement).value);
  chat.addEventListener('nova-shutdown', () => {
    chat.model = own();
    chosen = undefined;
    kept.forget();
  });
  const picker = (): unknown => {
    const words = featureWords(chat);
    const all = models();
    const page = own();
    const isListed = all.some(({ id }) => id === page);
    return html`<select class="models" part="models" aria-label=${words.model} .value=${chat.model} @change=${onChange}>
      ${isListed ? undefined : html`<option value=${page} ?selected=${page === chat.model}>${page || words.defaultModel}</option>`}
      ${all.map(({ id, label }) => html`<option value=${id} ?selected=${id === chat.model}>${label}</option>`)}
    </select>`;
  };
  return {
    styles,
    views: { header: picker },
    onChange({ live }, previous) {
      // Nothing is kept before the first question.
      if (live && live.run !== previous.live?.run && chat.model === chosen) kept.keep(given, chosen);
    },
  };
}

const styles = unsafeCSS(
  selectStyles.cssText +
    css`
  /* The name of a model gives way before the title breaks. */
  h2 {
    flex-basis: auto;
  }
  .models {
    flex: 0 9999 auto;
    min-inline-size: 76px;
    max-inline-size: 45%;
    /* As wide as the chosen name: the longest one would tear it from its arrow. */
    field-sizing: content;
    block-size: 36px;
    margin: 0;
    border: 0;
    border-radius: 10px;
    padding-inline: 8px;
    background-color: transparent;
    color: var(--_muted);
    font: inherit;
    font-size: 16px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .models:hover {
    background-color: var(--_soft);
  }
  .models:focus-visible {
    outline: 2px solid var(--_link);
  }
  .models option {
    background: var(--_bg);
    color: var(--_fg);
  }
  @media (pointer: fine) {
    .models {
      font-size: 14px;
    }
  }
`.cssText,
);
