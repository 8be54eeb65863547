import { cost, cut, type Said, type Vendor } from './dialogue.js';

interface Block {
  type: string;
  text?: string;
  source?: { media_type: string; data: string };
  content?: string | { text: string }[];
}
interface Message {
  role: string;
  content: string | Block[];
}

const head = { id: 'msg_v1', type: 'message', role: 'assistant', model: 'vendor-model' };
const usage = {
  input_tokens: cost.input - cost.cached,
  cache_read_input_tokens: cost.cached,
  cache_creation_input_tokens: 0,
  output_tokens: cost.output,
};

const toBlocks = (content: string | Block[]): Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
const toText = (content: string | { text?: string }[] = ''): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');

/** Anthropic's Messages API, https://platform.claude.com/docs/en/api/messages. */
export const anthropic: Vendor = {
  keyHeader: 'x-api-key',
  streamType: 'text/event-stream; charset=utf-8',
  hear(body) {
    if (typeof body['max_tokens'] !== 'number') throw new TypeError('max_tokens: Field required');
    const messages = body['messages'] as Message[];
    const turns = messages.filter(({ role }) => role === 'user').map(({ content }) => toBlocks(content));
    const results = (turns.at(-1) ?? []).filter(({ type }) => type === 'tool_result');
    const asked = turns.findLast((blocks) => blocks.some(({ type }) => type === 'text')) ?? [];
    const format = (body['output_config'] as { format?: { type: string } } | undefined)?.format;
    const system = toText(body['system'] as string | undefined);
    return {
      isStream: body['stream'] === true,
      system,
      question: toText(asked),
      images: asked.flatMap(({ source }) =>
        source ? [{ type: source.media_type, bytes: Buffer.from(source.data, 'base64').length }] : [],
      ),
      tools: ((body['tools'] ?? []) as { name: string }[]).map(({ name }) => name),
      results: results.map(({ content }) => toText(content)),
      // It has no mode for JSON of any form, but does as it is told.
      isJson: format?.type === 'json_schema' || /\bJSON object\b/.test(system),
    };
  },
  toEvents(said) {
    const opening = { ...head, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
    const events: { type: string }[] = [{ type: 'message_start', message: opening } as { type: string }];
    const add = (type: string, members: object): void => {
      events.push({ type, ...members });
    };
    toContent(said).forEach((block, index) => {
      add('content_block_start', { index, content_block: block.opening });
      for (const delta of block.deltas) add('content_block_delta', { index, delta });
      if (said.kind !== 'hang') add('content_block_stop', { index });
      if (index === 0) add('ping', {});
    });
    if (said.kind !== 'hang') {
      add('message_delta', { delta: { stop_reason: toReason(said), stop_sequence: null }, usage });
      add('message_stop', {});
    }
    return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  },
  toBody(said) {
    const content = toContent(said).map(({ whole }) => whole);
    return { ...head, content, stop_reason: toReason(said), stop_sequence: null, usage };
  },
  toErrorBody: (status, message) => ({ type: 'error', error: { type: `vendor_${status}`, message } }),
};

const toReason = ({ kind }: Said): string => (kind === 'calls' ? 'tool_use' : 'end_turn');

interface Content {
  opening: object;
  deltas: object[];
  whole: object;
}

function toContent(said: Said): Content[] {
  const text: Content = {
    opening: { type: 'text', text: '' },
    deltas: said.words.map((word) => ({ type: 'text_delta', text: word })),
    whole: { type: 'text', text: said.words.join('') },
  };
  if (said.kind !== 'calls') return said.words.length > 0 ? [text] : [];
  return said.calls.map(({ name, input }, index) => {
    const call = { type: 'tool_use', id: `toolu_${index}`, name };
    const deltas = ['', ...cut(JSON.stringify(input))].map((part) => ({
      type: 'input_json_delta',
      partial_json: part,
    }));
    return { opening: { ...call, input: {} }, deltas, whole: { ...call, input } };
  });
}
