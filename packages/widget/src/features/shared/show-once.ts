import type { ConversationMessage } from '@nova-chat/client/conversation';
import type { FeatureHost } from '../feature.js';
import { isUnderWay } from './is-under-way.js';
import type { NovaRendered, NovaRenderers } from './nova-renderers.js';
import { showPart } from './show-part.js';

/** Asks a renderer for a part of a message that has ended, once a message: a node of the page's own is made once. */
export function createShowOnce(
  chat: FeatureHost,
  name: keyof NovaRenderers,
): (part: unknown, message: ConversationMessage) => NovaRendered {
  let renderers = chat.renderers;
  let shown = new WeakMap<object, NovaRendered>();
  return (part, message) => {
    if (isUnderWay(message)) return undefined;
    if (renderers !== chat.renderers) shown = new WeakMap();
    renderers = chat.renderers;
    if (!shown.has(message)) shown.set(message, showPart(name, part, { renderers, message }));
    return shown.get(message);
  };
}
