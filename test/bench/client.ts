// Events a second through the client's stream reader, against eventsource-parser alone (the floor) and the stream of
// `openai`, on the same bytes in one run; and the cost of an event as the body grows.

import type { Transport } from '@nova-chat/client';
import { createClient } from '@nova-chat/client';
import { createParser } from 'eventsource-parser';
import OpenAI from 'openai';
import { done, finish, role, text } from '../faults/wire.js';

const encoder = new TextEncoder();
const networkChunkBytes = 16_384;
const rounds = 7;

function toBody(events: number): Uint8Array {
  return encoder.encode(`${role}${text('token ').repeat(events)}${finish}${done}`);
}

function* cut(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += networkChunkBytes) yield body.subarray(at, at + networkChunkBytes);
}

const toStream = (body: Uint8Array): ReadableStream<Uint8Array> => {
  const chunks = cut(body);
  return new ReadableStream({
    pull(controller) {
      const { value, done: ended } = chunks.next();
      if (ended) controller.close();
      else controller.enqueue(value);
    },
  });
};

const headers = { 'content-type': 'text/event-stream' };
const prompt = [{ role: 'user' as const, content: 'Hello?' }];

function runParser(body: Uint8Array): number {
  let events = 0;
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent(event) {
      if (event.data === '[DONE]') return;
      const chunk = JSON.parse(event.data) as { choices: { delta: { content?: string } }[] };
      if (chunk.choices[0]?.delta.content) events += 1;
    },
  });
  for (const chunk of cut(body)) parser.feed(decoder.decode(chunk, { stream: true }));
  return events;
}

async function runNova(body: Uint8Array): Promise<number> {
  const transport: Transport = {
    send: async () => ({
      status: 200,
      headers: new Headers(headers),
      body: (async function* () {
        yield* cut(body);
      })(),
      cancel() {},
    }),
  };
  const client = createClient({ baseUrl: 'http://bench.invalid', transport });
  let events = 0;
  for await (const event of client.chat.stream({ messages: prompt })) if (event.type === 'text-delta') events += 1;
  return events;
}

async function runOpenai(body: Uint8Array): Promise<number> {
  const client = new OpenAI({ apiKey: 'none', fetch: async () => new Response(toStream(body), { headers }) });
  const stream = await client.chat.completions.create({ model: 'm', messages: prompt, stream: true });
  let events = 0;
  for await (const chunk of stream) if (chunk.choices[0]?.delta?.content) events += 1;
  return events;
}

async function measure(
  run: (body: Uint8Array) => number | Promise<number>,
  body: Uint8Array,
  events: number,
): Promise<number> {
  const before = performance.now();
  const seen = await run(body);
  const elapsedMs = performance.now() - before;
  if (seen !== events) throw new Error(`saw ${seen} of ${events} events`);
  return (elapsedMs * 1000) / events;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const contestants = { floor: runParser, nova: runNova, openai: runOpenai };
const events = 20_000;
const body = toBody(events);
const costs = { floor: [] as number[], nova: [] as number[], openai: [] as number[] };
for (let round = 0; round <= rounds; round += 1) {
  for (const name of Object.keys(contestants) as (keyof typeof contestants)[]) {
    const cost = await measure(contestants[name], body, events);
    if (round > 0) costs[name].push(cost);
  }
}
const floor = median(costs.floor);
console.log('µs an event, and the ratio to eventsource-parser with JSON.parse alone (median of 7 interleaved rounds)');
for (const [name, values] of Object.entries(costs)) {
  const cost = median(values);
  console.log(
    `  ${name.padEnd(8)} ${cost.toFixed(2).padStart(7)}   ${(cost / floor).toFixed(2)} ×   ${Math.round(1e6 / cost)} events/s`,
  );
}

console.log('\ncost of an event through the client as the body grows');
for (const kib of [1, 16, 256, 4096, 16_384]) {
  const count = Math.max(1, Math.round((kib * 1024) / text('token ').length));
  const grown = toBody(count);
  const repeats = Math.max(3, Math.min(200, Math.round(4096 / kib)));
  const values: number[] = [];
  for (let round = 0; round < repeats; round += 1) values.push(await measure(runNova, grown, count));
  console.log(
    `  ${String(kib).padStart(6)} KiB  ${median(values).toFixed(2).padStart(7)} µs an event (${count} events)`,
  );
}
