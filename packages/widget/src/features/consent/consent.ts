import { css, html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';

/**
 * Keeps every question back until the visitor has agreed. That they have is remembered for as long as the page lives,
 * and longer in no storage of ours: a page that wants to remember leaves `consent` out the next time.
 */
export function createFeature(chat: FeatureHost): Feature {
  let hasAgreed = false;

  const onAgree = (): void => {
    hasAgreed = true;
    chat.refresh();
    chat.dispatchEvent(new Event('nova-consent', { bubbles: true, composed: true }));
    chat.focusInput();
  };
  chat.addEventListener('nova-before-send', (event) => {
    if (hasAgreed || chat.consent === null) return;
    event.preventDefault();
    chat.announce(featureWords(chat).agreeFirst);
    chat.renderRoot.querySelector<HTMLElement>('.consent button')?.focus({ preventScroll: true });
  });

  const gate = (): unknown => {
    if (hasAgreed || chat.consent === null) return undefined;
    const words = featureWords(chat);
    return html`<section class="consent" part="consent" aria-labelledby="nova-consent">
      <h3 id="nova-consent">${words.consentTitle}</h3>
      <p dir="auto">${chat.consent || words.consentText}</p>
      <slot name="consent"></slot>
      <button type="button" part="agree" @click=${onAgree}>${words.agree}</button>
    </section>`;
  };
  return { styles, views: { above: gate } };
}

const styles = css`
  .consent {
    flex: none;
    inline-size: calc(100% - 28px);
    max-inline-size: 732px;
    max-block-size: 40%;
    margin: 0 auto 10px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    padding: 12px 14px;
    overflow: auto;
    background: var(--_soft);
    font-size: 14px;
  }
  .consent h3 {
    margin: 0 0 4px;
    font-size: 14px;
    font-weight: 600;
  }
  .consent p {
    margin: 0 0 10px;
  }
  .consent button {
    min-block-size: 36px;
    margin-block-start: 6px;
    border: 1px solid transparent;
    border-radius: 18px;
    padding: 6px 16px;
    background-color: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .consent button {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`;
