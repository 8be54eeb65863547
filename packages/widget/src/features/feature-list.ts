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
  {
    isWanted: ({ user, context }) => Boolean(user ?? context),
    load: () => import('./visitor/visitor.js'),
    isRequired: true,
  },
];
