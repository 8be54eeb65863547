// Asks the same broken servers with three clients and prints, fault by fault, what each says of the answer.
// ✓ the truth · ≈ an error, but a raw one of the runtime · ✗ anything else: a silent success, lost text, a hang, or asking
// again where that is no use. Behind it, how often the server was asked. Fails when ours does not tell the truth of all.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createClient } from '@nova-chat/client';
import { AISDKError, streamText } from 'ai';
import OpenAI, { OpenAIError } from 'openai';
import type { FaultCase } from '../faults/cases/fault-case.js';
import { faultCases } from '../faults/fault-cases.js';
import { startFaultServer } from '../support/fault-server.js';

interface Said {
  end: 'complete' | 'truncated' | 'aborted' | 'failed' | 'raw error' | 'hangs';
  text: string;
}
type Ask = (baseUrl: string, signal: AbortSignal) => Promise<Said>;

const hangMs = 8000;
const prompt = [{ role: 'user' as const, content: 'Hello?' }];

const askNova: Ask = async (baseUrl, signal) => {
  const client = createClient({
    baseUrl,
    timeouts: { headersMs: 400, firstEventMs: 400, idleMs: 400, totalMs: 4000 },
    retry: { delays: [10, 20, 40] },
  });
  const { outcome, text } = await client.chat
    .stream({ messages: prompt }, { signal, maxEventLength: 100_000 })
    .result();
  return { end: outcome, text };
};

const askOpenai: Ask = async (baseUrl, signal) => {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${baseUrl}/v1`, timeout: 400, maxRetries: 3 });
  let text = '';
  try {
    const stream = await client.chat.completions.create({ model: 'm', messages: prompt, stream: true }, { signal });
    for await (const chunk of stream) text += chunk.choices?.find(({ index }) => !index)?.delta?.content ?? '';
    return { end: 'complete', text };
  } catch (error) {
    return { end: error instanceof OpenAIError ? 'failed' : 'raw error', text };
  }
};

const askAi: Ask = async (baseUrl, abortSignal) => {
  const provider = createOpenAICompatible({ name: 'test', baseURL: `${baseUrl}/v1`, apiKey: 'none' });
  let text = '';
  let failure: unknown;
  try {
    const result = streamText({
      model: provider('m'),
      messages: prompt,
      abortSignal,
      maxRetries: 3,
      timeout: { totalMs: 6000, chunkMs: 400 },
      onError: () => {},
    });
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') text += part.text;
      if (part.type === 'error') failure = part.error;
      if (part.type === 'abort') return { end: 'aborted', text };
    }
  } catch (error) {
    failure = error;
  }
  if (failure === undefined) return { end: 'complete', text };
  return { end: AISDKError.isInstance(failure) ? 'failed' : 'raw error', text };
};

const clients: readonly (readonly [string, Ask])[] = [
  ['nova', askNova],
  ['openai', askOpenai],
  ['ai', askAi],
];

interface Heard extends Said {
  requests: number;
}

async function ask(fault: FaultCase, client: Ask): Promise<Heard> {
  const server = await startFaultServer(fault.script);
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Said>((resolve) => {
    timer = setTimeout(() => resolve({ end: 'hangs', text: '' }), hangMs);
  });
  try {
    const said = await Promise.race([client(server.url, abort.signal), limit]);
    return { ...said, requests: server.requests.length };
  } finally {
    clearTimeout(timer);
    abort.abort();
    await server.stop();
  }
}

function judge(fault: FaultCase, said: Heard): '✓' | '≈' | '✗' {
  if (said.end === 'hangs' || (fault.requests === 1 && said.requests > 1)) return '✗';
  if (fault.outcome === 'complete') return said.end === 'complete' && said.text === fault.text ? '✓' : '✗';
  if (said.end === 'complete' || !said.text.startsWith(fault.text)) return '✗';
  return said.end === 'raw error' ? '≈' : '✓';
}

const cell = (mark: string, said: Heard): string => `${mark} ${said.end} ${said.requests}`.padEnd(14);

process.on('unhandledRejection', (reason) => console.error('unhandled rejection:', String(reason)));

const faults = faultCases.filter((fault) => !fault.tls);
const totals = clients.map(() => ({ '✓': 0, '≈': 0, '✗': 0 }));
console.log(`row  ${'fault'.padEnd(62)} ${clients.map(([name]) => name.padEnd(14)).join(' ')}`);
for (const fault of faults) {
  const said = await Promise.all(clients.map(([, client]) => ask(fault, client)));
  const marks = said.map((one) => judge(fault, one));
  for (const [index, mark] of marks.entries()) {
    const total = totals[index];
    if (total) total[mark] += 1;
  }
  const cells = said.map((one, index) => cell(marks[index] ?? '✗', one));
  console.log(`${String(fault.row).padStart(3)}  ${fault.name.padEnd(62)} ${cells.join(' ')}`);
}
console.log(`\n${faults.length} faults`);
for (const [index, [name]] of clients.entries()) {
  const total = totals[index];
  console.log(`${name.padEnd(8)} ✓ ${total?.['✓']}  ≈ ${total?.['≈']}  ✗ ${total?.['✗']}`);
}
if (totals[0]?.['✓'] !== faults.length) process.exitCode = 1;
