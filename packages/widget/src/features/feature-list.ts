import { lastMessage } from '@nova-chat/client/conversation';
import type { FeatureHost, FeatureModule } from './feature.js';

export interface FeatureEntry {
  /** Says whether the chat has come to need it; asked at each update until then. */
  isWanted(chat: FeatureHost): boolean;
  load(): Promise<FeatureModule>;
  /** Nothing is sent without it. */
  isRequired?: boolean;
}

/** Every feature and when it is loaded. To take one away, delete its folder and its entry. */
export const featureList: readonly FeatureEntry[] = [
  { isWanted: ({ consent }) => consent !== null, load: () => import('./consent/consent.js'), isRequired: true },
  { isWanted: ({ models }) => Boolean(models?.length), load: () => import('./models/models.js') },
  { isWanted: ({ attachments }) => attachments, load: () => import('./attachments/attachments.js') },
  { isWanted: ({ voice }) => voice, load: () => import('./voice/voice.js') },
  { isWanted: ({ tools }) => tools.length > 0, load: () => import('./tools/tools.js'), isRequired: true },
  {
    isWanted: ({ user, context }) => Boolean(user ?? context),
    load: () => import('./visitor/visitor.js'),
    isRequired: true,
  },
  {
    isWanted: ({ conversation }) => Boolean(lastMessage(conversation.getState())?.reasoning),
    load: () => import('./reasoning/reasoning.js'),
  },
  {
    isWanted: (chat) => chat.actions !== '' && hasAnswer(chat),
    load: () => import('./actions/actions.js'),
  },
  { isWanted: hasAnswer, load: () => import('./edit/edit.js') },
  {
    isWanted: ({ conversation }) => Boolean(conversation.getState().messages.at(-1)?.citations[0]),
    load: () => import('./citations/citations.js'),
  },
  {
    isWanted: (chat) =>
      hasAnswer(chat) && Boolean(chat.suggestions ?? lastMessage(chat.conversation.getState())?.suggestions),
    load: () => import('./suggestions/suggestions.js'),
  },
];

/** A first answer has ended: what comes now does not make it late. */
function hasAnswer({ conversation }: FeatureHost): boolean {
  return conversation.getState().messages.length > 1;
}
