import { type Call, cost, cut, type Said, toImage, type Vendor } from './dialogue.js';

interface Part {
  type: string;
  text?: string;
  image_url?: { url: string };
}
interface Message {
  role: string;
  content?: string | Part[] | null;
}

const head = { id: 'chatcmpl-v1', created: 1_700_000_000, model: 'vendor-model' };
const usage = {
  prompt_tokens: cost.input,
  completion_tokens: cost.output,
  total_tokens: cost.input + cost.output,
  prompt_tokens_details: { cached_tokens: cost.cached },
};

const toParts = (content: Message['content']): Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
const toText = (content: Message['content']): string =>
  toParts(content)
    .map(({ text }) => text ?? '')
    .join('');

/** OpenAI's chat completions, https://platform.openai.com/docs/api-reference/chat. */
export const openai: Vendor = {
  keyHeader: 'authorization',
  streamType: 'text/event-stream',
  hear(body) {
    const messages = body['messages'] as Message[];
    const last = messages.findLastIndex(({ role }) => role === 'user');
    const asked = messages[last]?.content;
    const format = body['response_format'] as { type: string } | undefined;
    const isStream = body['stream'] === true;
    if (isStream && !(body['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage)
      throw new TypeError('The stream is asked for without its usage.');
    return {
      isStream,
      system: messages.map(({ role, content }) => (/system|developer/.test(role) ? toText(content) : '')).join(''),
      question: toText(asked),
      images: toParts(asked).flatMap((part) => (part.image_url ? [toImage(part.image_url.url)] : [])),
      tools: ((body['tools'] ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name),
      results: messages.slice(last).flatMap(({ role, content }) => (role === 'tool' ? [toText(content)] : [])),
      isJson: format?.type === 'json_schema' || format?.type === 'json_object',
    };
  },
  toEvents(said) {
    const choice = (delta: object, finishReason: string | null = null) => ({
      choices: [{ index: 0, delta, finish_reason: finishReason }],
    });
    const chunks: object[] = [
      choice({ role: 'assistant', content: said.kind === 'calls' ? null : '' }),
      ...said.words.map((content) => choice({ content })),
      ...(said.kind === 'calls' ? said.calls.flatMap(toFragments) : []).map((call) => choice({ tool_calls: [call] })),
    ];
    if (said.kind !== 'hang') chunks.push(choice({}, toReason(said)), { choices: [], usage });
    const events = chunks.map(
      (chunk) => `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...chunk })}\n\n`,
    );
    return said.kind === 'hang' ? events : [...events, 'data: [DONE]\n\n'];
  },
  toBody(said) {
    const calls = said.kind === 'calls' ? said.calls.map(toToolCall) : [];
    const message = {
      role: 'assistant',
      content: said.words.join('') || null,
      refusal: null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    const choices = [{ index: 0, message, finish_reason: toReason(said), logprobs: null }];
    return { ...head, object: 'chat.completion', choices, usage };
  },
  toErrorBody: (status, message) => ({
    error: { message, type: 'some_error', param: status === 400 ? 'messages' : null, code: `vendor_${status}` },
  }),
};

const toReason = ({ kind }: Said): string => (kind === 'calls' ? 'tool_calls' : 'stop');

const toToolCall = ({ name, input }: Call, index: number): object => ({
  id: `call_${index}`,
  type: 'function',
  function: { name, arguments: JSON.stringify(input) },
});

function toFragments({ name, input }: Call, index: number): object[] {
  const parts = cut(JSON.stringify(input)).map((text) => ({ index, function: { arguments: text } }));
  return [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }, ...parts];
}
