import { css, html, unsafeCSS } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { lineIcon } from '../shared/line-icon.js';
import { remarkStyles } from '../shared/remark.styles.js';
import { findSpeechRecognition, type SpeechRecognition, type SpeechResultEvent } from './speech-recognition.js';

const microphone = 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21';

/** Writes down what the visitor says, into the input, where it can be read before it is sent. */
export function createFeature(chat: FeatureHost): Feature {
  const Recognition = findSpeechRecognition();
  if (!Recognition) return {};
  let listening: SpeechRecognition | undefined;
  let problem = '';

  const start = (): void => {
    const recognition = new Recognition();
    Object.assign(recognition, { lang: chat.language, interimResults: true, continuous: true });
    /** What stands in the input, and how much of what was said is in it for good. */
    let before = '';
    let heard: string[] = [];
    let taken: string[] = [];
    const keep = (): void => {
      before = chat.draft && `${chat.draft.trimEnd()} `;
      taken = heard;
    };
    keep();
    // What the visitor has corrected by hand stays.
    chat.renderRoot.addEventListener('input', keep);
    recognition.addEventListener('result', (event) => {
      const { results } = event as SpeechResultEvent;
      heard = Array.from(results, (result) => result[0]?.transcript ?? '');
      chat.draft = before + toRest(heard, taken);
    });
    recognition.addEventListener('error', (event) => {
      const { error } = event as Event & { error?: string };
      if (error === 'aborted' || error === 'no-speech') return;
      problem = featureWords(chat).noMicrophone;
      chat.announce(problem);
    });
    recognition.addEventListener('end', () => {
      chat.renderRoot.removeEventListener('input', keep);
      if (listening === recognition) set(undefined);
    });
    recognition.start();
    set(recognition);
  };
  const set = (recognition: SpeechRecognition | undefined): void => {
    listening = recognition;
    if (recognition) problem = '';
    chat.refresh();
  };
  const onClick = (): void => {
    if (listening) listening.stop();
    else start();
  };
  const end = (): void => {
    listening?.abort();
    set(undefined);
  };
  chat.addEventListener('nova-send', () => {
    problem = '';
    end();
  });

  return {
    styles,
    onDisconnect: end,
    views: {
      above: () => (problem ? html`<p class="remark unheard" dir="auto">${problem}</p>` : undefined),
      end: () => html`<button
        class="round speak"
        part="speak"
        type="button"
        aria-label=${featureWords(chat).speak}
        aria-pressed=${listening !== undefined}
        ?disabled=${chat.disabled}
        @click=${onClick}
      >
        ${lineIcon(microphone)}
      </button>`,
    },
  };
}

/** Gives what has been said behind `taken`, of which the last part may have grown or become another one since. */
function toRest(heard: readonly string[], taken: readonly string[]): string {
  const [said, known] = [heard.join(''), taken.join('')];
  return said.startsWith(known) ? said.slice(known.length).trimStart() : heard.slice(taken.length).join('').trimStart();
}

const styles = unsafeCSS(
  remarkStyles.cssText +
    css`
  .unheard {
    color: var(--_bad);
  }
  .speak {
    inline-size: 38px;
    block-size: 38px;
    margin-inline-end: 4px;
    color: var(--_muted);
  }
  .speak[aria-pressed='true'] {
    background: var(--_tint);
    color: var(--_bad);
    animation: nova-listening 1.2s ease-in-out infinite alternate;
  }
  @keyframes nova-listening {
    to {
      opacity: 0.55;
    }
  }
  @media (max-width: 480px), (hover: none) {
    .speak {
      inline-size: 44px;
      block-size: 44px;
    }
  }
`.cssText,
);
