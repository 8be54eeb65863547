import type { FaultStep } from '../support/fault-server.js';

/** What the scripts of the fault cases are written in: bytes of HTTP/1.1 and of OpenAI's stream. */

export const pieces: readonly string[] = ['Hel', 'lo ', 'wörld 👋'];
export const wholeText: string = pieces.join('');

const chunkBase = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'test-model' };

/** One SSE event with any JSON value as its data. */
export const data = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** A chunk with this delta. */
export const delta = (value: Record<string, unknown>, finishReason: string | null = null): string =>
  data({ ...chunkBase, choices: [{ index: 0, delta: value, finish_reason: finishReason }] });

export const role: string = delta({ role: 'assistant', content: '' });
export const finish: string = delta({}, 'stop');
export const done = 'data: [DONE]\n\n';
export const text = (value: string): string => delta({ content: value });

/** A whole good stream. */
export const goodStream: string = role + pieces.map(text).join('') + finish + done;

export const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'test-model',
  choices: [{ index: 0, message: { role: 'assistant', content: wholeText, refusal: null }, finish_reason: 'stop' }],
};

export const errorBody = (code: string | number | null, message = 'It went wrong.', type = 'server_error') => ({
  error: { message, type, param: null, code },
});

/** Status line and headers; the body goes on until the connection ends unless a length or chunks are declared. */
export function head(status: number, headers: Record<string, string> = {}): FaultStep {
  const all = { 'content-type': 'text/event-stream', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return { send: `HTTP/1.1 ${status} Status\r\nconnection: close\r\n${lines.join('')}\r\n` };
}

/** The head of a response in chunked transfer encoding, so that a missing end is visible on the wire. */
export const chunkedHead = (headers: Record<string, string> = {}): FaultStep =>
  head(200, { 'transfer-encoding': 'chunked', ...headers });

/** One chunk of the chunked transfer encoding. */
export function framed(body: string | Uint8Array): FaultStep {
  const bytes = Buffer.from(body);
  return { send: Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]) };
}

/** Long enough for the peer to have read what was sent before a reset throws unread bytes away. */
export const settle: FaultStep = { waitMs: 40 };

/** A good answer, streamed. */
export const answer: readonly FaultStep[] = [head(200), { send: goodStream }, 'end'];

/** A JSON answer of any status. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): readonly FaultStep[] {
  return [head(status, { 'content-type': 'application/json', ...headers }), { send: JSON.stringify(body) }, 'end'];
}

/** First `fault`, as often as said, then a good answer. */
export const once =
  (fault: readonly FaultStep[], times = 1) =>
  (_request: unknown, count: number): readonly FaultStep[] =>
    count <= times ? fault : answer;

/** The same steps for each request. */
export const always = (steps: readonly FaultStep[]) => (): readonly FaultStep[] => steps;
