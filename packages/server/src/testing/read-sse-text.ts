import type { ChatChunk } from '@nova-chat/client/protocol';

/** What a stream said, taken apart. */
export interface SseText {
  comments: string[];
  ids: string[];
  /** The parsed data of each event; `[DONE]` as it is. */
  events: (Record<string, unknown> | '[DONE]')[];
  /** The contents of the first choice, joined. */
  text: string;
  errors: Record<string, unknown>[];
}

/** Takes the text of an event stream apart. */
export function readSseText(body: string): SseText {
  const blocks = body.split('\n\n').filter((block) => block !== '');
  const read: SseText = { comments: [], ids: [], events: [], text: '', errors: [] };
  for (const block of blocks) {
    if (block.startsWith(':')) {
      read.comments.push(block);
      continue;
    }
    const id = /^id: (.+)$/m.exec(block)?.[1];
    const data = /^data: (.+)$/m.exec(block)?.[1] ?? '';
    if (id) read.ids.push(id);
    if (data === '[DONE]') {
      read.events.push(data);
      continue;
    }
    const event = JSON.parse(data) as Record<string, unknown>;
    read.events.push(event);
    if (event['error']) read.errors.push(event['error'] as Record<string, unknown>);
    else read.text += (event as unknown as ChatChunk).choices[0]?.delta.content ?? '';
  }
  return read;
}
