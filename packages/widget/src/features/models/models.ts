import { css, html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';

/** Lets the visitor choose the model of the next questions. */
export function createFeature(chat: FeatureHost): Feature {
  let chosen: string | undefined;
  /** What the page had chosen before. */
  let given = '';
  const onChange = (event: Event): void => {
    if (chat.model !== chosen) given = chat.model;
    chosen = chat.model = (event.target as HTMLSelectElement).value;
  };
  chat.addEventListener('nova-shutdown', () => {
    if (chat.model === chosen) chat.model = given;
    chosen = undefined;
  });
  const picker = (): unknown => {
    const words = featureWords(chat);
    const models = (chat.models ?? []).map((model) =>
      typeof model === 'string' ? { id: model, label: model } : model,
    );
    const isListed = models.some(({ id }) => id === chat.model);
    return html`<select class="models" part="models" aria-label=${words.model} .value=${chat.model} @change=${onChange}>
      ${isListed ? undefined : html`<option value=${chat.model}>${chat.model || words.defaultModel}</option>`}
      ${models.map(({ id, label }) => html`<option value=${id} ?selected=${id === chat.model}>${label}</option>`)}
    </select>`;
  };
  return { styles, views: { header: picker } };
}

const styles = css`
  /* The name of a model gives way before the title breaks. */
  h2 {
    flex-basis: auto;
  }
  .models {
    flex: 0 9999 auto;
    min-inline-size: 76px;
    max-inline-size: 45%;
    block-size: 36px;
    margin: 0;
    border: 0;
    border-radius: 10px;
    padding-inline: 8px;
    background: transparent;
    color: var(--_muted);
    font: inherit;
    font-size: 16px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .models:hover {
    background: var(--_soft);
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
`;
