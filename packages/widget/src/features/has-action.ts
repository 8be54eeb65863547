import type { FeatureHost } from './feature.js';

/** What a visitor can do with a message. */
export type MessageAction = 'copy' | 'regenerate' | 'feedback' | 'edit';

/** Says whether the page lets visitors do something with messages. */
export function hasAction({ actions }: FeatureHost, action: MessageAction): boolean {
  return actions?.split(/[\s,]+/).includes(action) ?? true;
}
