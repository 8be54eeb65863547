import { cost, type Said, type Vendor } from './dialogue.js';

interface Message {
  role: string;
  content: string;
  images?: string[];
}

const head = { model: 'vendor-model', created_at: '2026-01-01T00:00:00Z' };
const last = { done: true, prompt_eval_count: cost.input, eval_count: cost.output, total_duration: 1_000 };

/** Ollama's /api/chat, https://docs.ollama.com/api/chat. */
export const ollama: Vendor = {
  keyHeader: 'authorization',
  streamType: 'application/x-ndjson',
  hear(body) {
    const messages = body['messages'] as Message[];
    const asked = messages.findLastIndex(({ role }) => role === 'user');
    const format = body['format'];
    return {
      // Streaming is what happens without the member.
      isStream: body['stream'] !== false,
      system: messages.map(({ role, content }) => (role === 'system' ? content : '')).join(''),
      question: messages[asked]?.content ?? '',
      images: (messages[asked]?.images ?? []).map((data) => ({
        type: undefined,
        bytes: Buffer.from(data, 'base64').length,
      })),
      tools: ((body['tools'] ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name),
      results: messages.slice(asked).flatMap(({ role, content }) => (role === 'tool' ? [content] : [])),
      isJson: format === 'json' || typeof format === 'object',
    };
  },
  toEvents(said) {
    const messages = said.kind === 'calls' ? [toMessage(said)] : said.words.map((content) => toMessage({ content }));
    const lines: object[] = messages.map((message) => ({ ...head, message, done: false }));
    if (said.kind !== 'hang')
      lines.push({ ...head, ...last, message: toMessage({ content: '' }), done_reason: 'stop' });
    return lines.map((line) => `${JSON.stringify(line)}\n`);
  },
  toBody: (said) => ({ ...head, ...last, message: toMessage(said), done_reason: 'stop' }),
  toErrorBody: (_, message) => ({ error: message }),
};

function toMessage(said: Said | { content: string }): object {
  if ('content' in said) return { role: 'assistant', content: said.content };
  const content = said.words.join('');
  if (said.kind !== 'calls') return { role: 'assistant', content };
  const calls = said.calls.map(({ name, input }) => ({ function: { name, arguments: input } }));
  return { role: 'assistant', content, tool_calls: calls };
}
