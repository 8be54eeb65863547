import { expect, it } from 'vitest';
import type { ChunkDelta } from './chat-chunk.js';
import { hasContent } from './has-content.js';

const says = (delta: ChunkDelta, reason: string | null = null): boolean =>
  hasContent({
    id: '',
    object: 'chat.completion.chunk',
    created: 0,
    model: '',
    choices: [{ index: 0, delta, finish_reason: reason }],
  });

it.each<[string, ChunkDelta]>([
  ['text', { content: 'a' }],
  ['reasoning', { reasoning_content: 'a' }],
  ['a refusal', { refusal: 'a' }],
  ['a tool call', { tool_calls: [{ index: 0 }] }],
  ['a citation', { annotations: [{}] as unknown as NonNullable<ChunkDelta['annotations']> }],
  ['a call in the form before tools', { function_call: { arguments: '{"' } }],
  ['speech', { audio: { data: 'AAAA' } }],
  ['a picture', { images: [{ type: 'image_url' }] }],
])('counts %s as content', (_, delta) => expect(says(delta)).toBe(true));

it('counts the end of a choice as content', () => expect(says({}, 'stop')).toBe(true));

it.each<[string, ChunkDelta]>([
  ['a role', { role: 'assistant' }],
  ['empty text', { role: 'assistant', content: '', reasoning_content: '', refusal: null }],
  ['empty lists', { tool_calls: [], annotations: [], images: [], function_call: null, audio: null }],
  ['what nobody knows', { provider_specific_fields: { a: 1 } }],
])('does not count %s', (_, delta) => expect(says(delta)).toBe(false));
