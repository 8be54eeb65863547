import type { FeatureHost } from '../feature.js';

/** What a visitor can do with a message. */
export type MessageAction = 'copy' | 'regenerate' | 'feedback' | 'edit';

/** Says whether the page lets visitors do something with messages. */
export function hasAction({ actions }: FeatureHost, action: MessageAction): boolean {
  // A file of options, and a page without types, may give a list.
  return (
    actions == null ||
    String(actions)
      .split(/[\s,"[\]]+/)
      .includes(action)
  );
}
