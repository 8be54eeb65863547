import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const wordDelayMs = 25;

/** Begins a stream of server-sent events. */
export function startStream(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers });
  sendChunk(response, { role: 'assistant', content: '' });
}

/** Sends a whole answer, word by word. */
export async function sendAnswer(response: ServerResponse, text: string): Promise<void> {
  startStream(response);
  await sendWords(response, text);
  endStream(response);
}

/** Sends a text word by word; stops when the reader has left. */
export async function sendWords(response: ServerResponse, text: string): Promise<void> {
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    if (response.closed) return;
    sendChunk(response, { content: word });
    await wait(wordDelayMs);
  }
}

/** Ends a stream as it should be ended. */
export function endStream(response: ServerResponse, finishReason = 'stop'): void {
  sendChunk(response, {}, finishReason);
  response.end('data: [DONE]\n\n');
}

/** Sends one chunk. */
export function sendChunk(response: ServerResponse, delta: object, finishReason: string | null = null): void {
  response.write(toEvent(delta, finishReason));
}

/** Gives one chunk as an event; `members` stand beside its choices. */
export function toEvent(delta: object, finishReason: string | null = null, members: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices };
  return `data: ${JSON.stringify({ ...chunk, ...members })}\n\n`;
}

/** Sends a body of JSON. */
export function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** Gives OpenAI's body of an error. */
export function toError(message: string, code: string): string {
  return JSON.stringify({ error: { message, type: code, param: null, code } });
}

/** Gives an answer in one piece. */
export function toCompletion(content: string): object {
  const message = { role: 'assistant', content, refusal: null };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'scripted', choices, usage };
}
