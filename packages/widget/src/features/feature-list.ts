import { allMessages, type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import type { FeatureHost, FeatureModule } from './feature.js';
import { isHistoryWanted } from './history/is-history-wanted.js';

export interface FeatureEntry {
  /**
   * Gives something truthy when the chat has come to need it; asked at each update, and when the visitor comes to the
   * chat, until then. No question waits for what is wanted `ahead`.
   */
  isWanted(chat: FeatureHost, state: ConversationState): unknown;
  load(): Promise<FeatureModule>;
  /** Nothing is sent without it. */
  isRequired?: boolean;
  /** Of a required one: a question waits for it, and is asked without it when it cannot be loaded. */
  mayFail?: boolean;
}

/** Every feature and when it is loaded. To take one away, delete its folder and its entry. */
export const featureList: readonly FeatureEntry[] = [
  // In the header it stands in front of the icons.
  { isWanted: ({ models }) => models?.length, load: () => import('./models/models.js') },
  // The first one with a transport wraps the client directly: it continues answers for which no request is needed.
  { isWanted: isHistoryWanted, load: () => import('./history/history.js'), isRequired: true, mayFail: true },
  { isWanted: ({ consent }) => consent != null, load: () => import('./consent/consent.js'), isRequired: true },
  {
    isWanted: ({ open, isWhole, enterKey }) => enterKey ?? (open && isWhole),
    load: () => import('./keyboard/keyboard.js'),
  },
  // What `createClient` gives is one.
  { isWanted: ({ client }) => client && !client.send, load: () => import('./wrong-client/wrong-client.js') },
  { isWanted: ({ layer }) => layer, load: () => import('./layer/layer.js') },
  { isWanted: ({ attachments }) => attachments, load: () => import('./attachments/attachments.js') },
  {
    isWanted: ({ linkPolicy, imagePolicy, renderers, math }) => linkPolicy ?? imagePolicy ?? renderers ?? math,
    load: () => import('./answers/answers.js'),
  },
  { isWanted: ({ voice }) => voice, load: () => import('./voice/voice.js') },
  { isWanted: ({ tools }) => tools?.length, load: () => import('./tools/tools.js'), isRequired: true },
  {
    isWanted: ({ user, context }) => user ?? context,
    load: () => import('./visitor/visitor.js'),
    isRequired: true,
  },
  { isWanted: (_, state) => lastMessage(state)?.error?.retryAfterMs, load: () => import('./wait/wait.js') },
  { isWanted: (_, state) => lastMessage(state)?.reasoning, load: () => import('./reasoning/reasoning.js') },
  { isWanted: (_, { live }) => live, load: () => import('./patience/patience.js') },
  {
    // What stands at the end of `aborted`, `truncated` and `failed`; or it became too long.
    isWanted: (_, state) => /[tl]ed$|length/.test(`${lastMessage(state)?.finishReason}${lastMessage(state)?.status}`),
    load: () => import('./go-on/go-on.js'),
  },
  {
    isWanted: (_, state) => allMessages(state).some(({ citations }) => citations.length),
    load: () => import('./citations/citations.js'),
  },
  { isWanted: hasAnswer, load: () => import('./actions/actions.js') },
  { isWanted: hasAnswer, load: () => import('./edit/edit.js') },
  {
    isWanted: (chat, state) => chat.suggestions ?? lastMessage(state)?.suggestions,
    load: () => import('./suggestions/suggestions.js'),
  },
];

/** The first question is on its way: what comes now does not make it late. */
function hasAnswer(_: FeatureHost, state: ConversationState): unknown {
  return state.messages[1];
}
