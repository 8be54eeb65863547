import type { ChatMessage } from '@nova-chat/client/protocol';

/** Gives the words of a message; parts that are not text are passed over. */
export function readMessageText({ content }: ChatMessage): string {
  if (typeof content === 'string') return content.trim();
  return (content ?? [])
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('\n')
    .trim();
}
