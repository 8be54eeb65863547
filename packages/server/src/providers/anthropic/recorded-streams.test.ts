import { readdirSync, readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import { createPool } from '@nova-chat/client/node';
import { afterAll, describe, expect, it } from 'vitest';
import { answerWith, startUpstream } from '../../testing/start-upstream.js';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { collectAnswer } from '../shared/testing/collect-answer.js';
import { readFixture } from '../shared/testing/vendor-cases.js';
import { createAnthropicProvider } from './anthropic-provider.js';

const recorded = process.env['NOVA_RECORDED_STREAMS'];
const pool = createPool();
afterAll(() => pool.close());

/** What ours and the vendor's own SDK must agree on. */
interface Facts {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; input: unknown }[];
  stopReason: string;
  usage: { input: number; output: number; cached: number };
}

const stopReasons: Record<string, string> = {
  end_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  refusal: 'content_filter',
};

async function readWithSdk(baseURL: string): Promise<Facts> {
  const client = new Anthropic({ baseURL, apiKey: 'k', maxRetries: 0 });
  const stream = client.messages.stream({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] });
  const { content, stop_reason: reason, usage } = await stream.finalMessage();
  const cached = usage.cache_read_input_tokens ?? 0;
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
    ),
    stopReason: stopReasons[reason ?? ''] ?? `${reason}`,
    usage: {
      input: usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0),
      output: usage.output_tokens,
      cached,
    },
  };
}

async function readWithOurs(baseUrl: string): Promise<Facts> {
  const provider = createAnthropicProvider({ baseUrl, apiKey: 'k', models: ['m'], pool, timeouts: amplyTimed });
  const call = { model: 'm', signal: new AbortController().signal, requestId: 'r' };
  const answer = await collectAnswer(provider.stream({ messages: [{ role: 'user', content: 'Hi' }] }, call));
  expect(answer.error).toBeUndefined();
  const { choices, usage } = answer.completion;
  const message = choices[0]?.message;
  return {
    text: message?.content ?? '',
    reasoning: message?.reasoning_content ?? '',
    calls: (message?.tool_calls ?? []).map(({ id, function: { name, arguments: args } }) => ({
      id,
      name,
      input: JSON.parse(args),
    })),
    stopReason: choices[0]?.finish_reason ?? '',
    usage: {
      input: usage?.prompt_tokens ?? 0,
      output: usage?.completion_tokens ?? 0,
      cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    },
  };
}

async function expectAgreement(body: Uint8Array | string): Promise<void> {
  const upstream = await startUpstream(answerWith(200, body, { 'content-type': 'text/event-stream' }));
  try {
    expect(await readWithOurs(upstream.url)).toEqual(await readWithSdk(upstream.url));
  } finally {
    await upstream.stop();
  }
}

/** A recording of one JSON a line gets the frames back that it had on the wire. */
function toWire(folder: string, name: string): string {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  if (name.endsWith('.sse')) return text;
  const frames = text.split('\n').filter((line) => line.trim() !== '');
  return frames.map((line) => `event: ${JSON.parse(line).type}\ndata: ${line}\n\n`).join('');
}

describe('an answer of Anthropic, ours and the SDK’s', () => {
  it.each(['text.sse', 'tools.sse', 'thinking.sse', 'refusal.sse'])('agree on %s', (name) =>
    expectAgreement(readFixture('anthropic', name)),
  );

  if (recorded) {
    const names = readdirSync(recorded).filter((name) => /^anthropic.*\.(?:sse|chunks\.txt)$/.test(name));
    it.each(names)('agree on the recorded %s', (name) => expectAgreement(toWire(recorded, name)));
  } else {
    it('has no recorded streams: NOVA_RECORDED_STREAMS is not given', () => expect(recorded).toBeUndefined());
  }
});
