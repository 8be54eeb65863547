import type { ChatRequest } from '@nova-chat/client/protocol';

/** The stop sequences of a request as a list, empty ones left out. */
export function readStop(request: Pick<ChatRequest, 'stop'>): string[] {
  const { stop } = request;
  return (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((text) => text !== '');
}
