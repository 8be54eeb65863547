import { css, html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { agreementOf } from '../shared/agreement.js';

/**
 * Keeps every question back until the visitor has agreed, those that are asked again too. That they have is kept where
 * conversations are, as `persist` says, with the words that they have agreed to: other words are asked for again. A
 * shutdown takes it back.
 */
export function createFeature(chat: FeatureHost): Feature {
  const agreement = agreementOf(chat);
  const onAgree = (): void => {
    agreement.give();
    chat.refresh();
    chat.dispatchEvent(new Event('nova-consent', { bubbles: true, composed: true }));
    chat.focusInput();
  };
  chat.addEventListener('nova-shutdown', () => {
    agreement.takeBack();
    chat.refresh();
  });
  chat.addEventListener('nova-before-send', (event) => {
    if (agreement.isGiven()) return;
    event.preventDefault();
    // A starter, and a page that asks, have no other place for it. What is asked again stands in the conversation.
    if (!chat.draft && !chat.conversation.getState().messages[0]) chat.draft = event.text;
    // Another tab may have taken the agreement back.
    chat.refresh();
    chat.announce(featureWords(chat).agreeFirst);
    // A page that asks by itself does not move the focus.
    if (navigator.userActivation?.isActive === false) return;
    void chat.updateComplete.then(() => {
      chat.renderRoot.querySelector<HTMLElement>('.consent button')?.focus({ preventScroll: true });
    });
  });

  const gate = (): unknown => {
    if (agreement.isGiven()) return undefined;
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
    border-radius: min(14px, var(--_radius));
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
    margin: 0 0 4px;
  }
  ::slotted([slot='consent']) {
    display: block;
    inline-size: fit-content;
    color: var(--_link);
    text-underline-offset: 2px;
  }
  .consent button {
    min-block-size: 36px;
    margin-block-start: 10px;
    border: 1px solid transparent;
    border-radius: 18px;
    padding: 6px 16px;
    background-color: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  @media (max-width: 480px), (max-height: 480px) {
    .consent {
      inline-size: calc(100% - 20px);
      max-inline-size: 740px;
    }
  }
  @media (pointer: coarse) {
    .consent button {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`;
