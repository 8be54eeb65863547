import type { ConversationMessage, ConversationState } from '@nova-chat/client/conversation';
import { html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { isUnderWay } from '../shared/is-under-way.js';

/** How long a first word may take before something is said. */
const slowAfterMs = 10_000;

/** Says that an answer takes its time, when its first word does not come. */
export function createFeature(chat: FeatureHost): Feature {
  let awaited: string | undefined;
  let late: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (): void => {
    late = awaited;
    chat.announce(featureWords(chat).stillWaiting);
    chat.refresh();
  };
  const stop = (): void => {
    clearTimeout(timer);
    awaited = undefined;
  };
  const look = ({ live }: ConversationState): void => {
    const message = live?.message;
    if (!message || !isWordless(message)) {
      stop();
      return;
    }
    if (message.id === awaited) return;
    stop();
    awaited = message.id;
    timer = setTimeout(tell, message.createdAt + slowAfterMs - Date.now());
  };
  look(chat.conversation.getState());

  return {
    views: {
      after: (message) =>
        message.id === late && isWordless(message)
          ? html`<p class="quiet" part="patience">${featureWords(chat).stillWaiting}</p>`
          : undefined,
    },
    onChange: look,
    onConnect: () => look(chat.conversation.getState()),
    onDisconnect: stop,
  };
}

/** Whether there is nothing yet that a visitor could look at. */
function isWordless(message: ConversationMessage): boolean {
  const { text, reasoning, toolSteps } = message;
  return isUnderWay(message) && !text && !reasoning && toolSteps.length === 0;
}
