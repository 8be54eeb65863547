import { type ChatMessage, writeJson } from '@nova-chat/client/protocol';
import type { Feature, FeatureHost } from '../feature.js';
import { toAuthorization } from '../shared/to-authorization.js';

/** Adds the visitor's token to requests, and tells the assistant what the page wants it to know. */
export function createFeature(chat: FeatureHost): Feature {
  return {
    transport: (next) => ({
      send(input) {
        const { user, context } = chat;
        const told: Record<string, unknown> = { ...(user?.name && { visitor: user.name }), ...context };
        const hint: ChatMessage[] =
          Object.keys(told).length === 0
            ? []
            : [{ role: 'system', content: `What the page says about itself and the visitor: ${writeJson(told)}` }];
        const asked = { ...input, messages: [...hint, ...input.messages], ...(user?.id && { user: String(user.id) }) };
        return next.send(asked, { headers: toAuthorization(user) });
      },
    }),
  };
}
