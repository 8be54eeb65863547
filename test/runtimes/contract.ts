import { createClient } from '@nova-chat/client';
import type { NovaErrorCode, Outcome } from '@nova-chat/client/protocol';

/** What the driver asks a runtime to check: one broken server and the truth about it. */
export interface ContractCase {
  name: string;
  path: string;
  outcome: Outcome;
  text: string;
  code?: NovaErrorCode;
  /** What a runtime may say instead, because its own `fetch` does not notice the fault. */
  orCodes?: NovaErrorCode[];
  transport?: 'sse' | 'ndjson' | 'json';
}

/** Runs every case in the runtime that this file is bundled into; gives one line a failure. */
export async function runContract(baseUrl: string): Promise<{ passed: number; failures: string[] }> {
  const cases = (await (await fetch(`${baseUrl}/cases`)).json()) as ContractCase[];
  const failures: string[] = [];
  const queue = [...cases];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const failure = await check(baseUrl, next).catch((error: unknown) => `threw ${String(error)}`);
      if (failure) failures.push(`${next.name}: ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: 12 }, work));
  const left = await waitForSockets(baseUrl);
  if (left > 0) failures.push(`${left} sockets stay open`);
  return { passed: cases.length + 1 - failures.length, failures };
}

/** Sockets that the server still holds, beside that of the question. */
async function waitForSockets(baseUrl: string): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const open = Number(await (await fetch(`${baseUrl}/open`)).text());
    if (open === 0 || tries === 25) return open;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function check(baseUrl: string, expected: ContractCase): Promise<string | undefined> {
  const client = createClient({
    baseUrl: `${baseUrl}${expected.path}`,
    timeouts: { headersMs: 1500, firstEventMs: 1500, idleMs: 1000, totalMs: 9000 },
    retry: { delays: [10, 20, 40] },
  });
  const stream = client.chat.stream({ messages: [{ role: 'user', content: 'Hello?' }] }, { maxEventLength: 100_000 });
  let said = '';
  let ends = 0;
  for await (const event of stream) {
    if (event.type === 'text-delta' && event.choice === 0) said += event.text;
    if (event.type === 'end') ends += 1;
  }
  const result = await stream.result();
  const failure = result.error?.code;
  const code = failure && expected.orCodes?.includes(failure) ? expected.code : failure;
  const got = [result.outcome, result.text, toPortableCode(code), ends, said];
  const text = expected.text === '*' ? result.text : expected.text;
  const want = [expected.outcome, text, toPortableCode(expected.code), 1, text];
  if (JSON.stringify(got) !== JSON.stringify(want))
    return `expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`;
  if (expected.transport && result.transport !== expected.transport) return `transport ${result.transport}`;
  return undefined;
}

/** A page may not know why a request failed, so a browser has one code for both. */
function toPortableCode(code: string | undefined): string | undefined {
  return code === 'network_or_cors' ? 'connection_error' : code;
}
