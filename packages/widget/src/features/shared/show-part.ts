import type { ConversationMessage } from '@nova-chat/client/conversation';
import type { NovaRenderContext, NovaRendered, NovaRenderers } from './nova-renderers.js';

export interface ShowPartOptions {
  renderers: NovaRenderers | undefined;
  message: ConversationMessage;
}

/** Asks a renderer; whatever goes wrong in it is told in the console with its name, and the part stays as it is. */
export function showPart(
  name: keyof NovaRenderers,
  part: unknown,
  { renderers, message }: ShowPartOptions,
): NovaRendered {
  const render = renderers?.[name] as ((part: unknown, context: NovaRenderContext) => NovaRendered) | undefined;
  try {
    return render?.(part, { message });
  } catch (cause) {
    reportError(new Error(`The renderer "${name}" has failed: ${cause}`, { cause }));
    return undefined;
  }
}
