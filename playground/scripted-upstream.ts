import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Plugin } from 'vite';
import { arabicAnswer, citations, longAnswer, shortAnswer } from './answers.js';

type Play = (response: ServerResponse) => Promise<void> | void;

const wordDelayMs = 25;
const slowDelayMs = 6_000;

/** What each scenario does with the response. */
const plays: Record<string, Play> = {
  short: (response) => sendAnswer(response, shortAnswer),
  long: (response) => sendAnswer(response, longAnswer),
  arabic: (response) => sendAnswer(response, arabicAnswer),
  citations: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer);
    sendChunk(response, { annotations: citations.map(({ title, url }) => toAnnotation(title, url)) });
    endStream(response);
  },
  'slow-first-token': async (response) => {
    startStream(response);
    await wait(slowDelayMs);
    await sendWords(response, shortAnswer);
    endStream(response);
  },
  stall: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer.slice(0, 60));
  },
  cut: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer.slice(0, 60));
    response.destroy();
  },
  'cut-first': (response) => {
    startStream(response);
    response.write(': waiting\n\n', () => response.destroy());
  },
  truncated: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer.slice(0, 60));
    response.end();
  },
  'error-in-stream': async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer.slice(0, 60));
    response.end(`data: ${toError('The model is overloaded.', 'overloaded_error')}\n\n`);
  },
  'rate-limited': (response) => refuse(response, 20),
  'rate-limited-long': (response) => refuse(response, 90),
  overloaded: (response) => sendJson(response, 503, toError('The engine is overloaded.', 'overloaded')),
  'plain-json': (response) => sendJson(response, 200, JSON.stringify(toCompletion(shortAnswer))),
  'html-page': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title><h1>Log in</h1>');
  },
};

/**
 * An OpenAI-compatible server that plays scenarios: `/<scenario>/v1/chat/completions` and `/<scenario>/v1/models`.
 * For Vite's middleware and for `node:http` alike.
 */
export async function handleScriptedRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', ...rest] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
  const play = plays[name];
  if (!play) return sendJson(response, 404, toError(`There is no scenario "${name}".`, 'not_found'));
  if (rest.join('/') === 'v1/models') return sendJson(response, 200, JSON.stringify(models));
  const body = await readBody(request);
  const isStream = body.includes('"stream":true');
  if (!isStream && name in wholeAnswers)
    return sendJson(response, 200, JSON.stringify(toCompletion(wholeAnswers[name] ?? '')));
  await play(response);
}

/** Serves the scripted upstream under `/scenario` of the playground. */
export function scriptedUpstream(): Plugin {
  return {
    name: 'scripted-upstream',
    configureServer: (server) => {
      server.middlewares.use('/scenario', (request, response, next) => {
        handleScriptedRequest(request, response).catch(next);
      });
    },
  };
}

const wholeAnswers: Record<string, string> = {
  short: shortAnswer,
  long: longAnswer,
  citations: shortAnswer,
  arabic: arabicAnswer,
};

const models = { object: 'list', data: [{ id: 'scripted', object: 'model', created: 0, owned_by: 'playground' }] };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString().replace(/\s/g, '');
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  sendChunk(response, { role: 'assistant', content: '' });
}

async function sendAnswer(response: ServerResponse, text: string): Promise<void> {
  startStream(response);
  await sendWords(response, text);
  endStream(response);
}

/** Stops when the reader has left. */
async function sendWords(response: ServerResponse, text: string): Promise<void> {
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    if (response.closed) return;
    sendChunk(response, { content: word });
    await wait(wordDelayMs);
  }
}

function endStream(response: ServerResponse): void {
  sendChunk(response, {}, 'stop');
  response.end('data: [DONE]\n\n');
}

function sendChunk(response: ServerResponse, delta: object, finishReason: string | null = null): void {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

function refuse(response: ServerResponse, retryAfterSeconds: number): void {
  response.setHeader('retry-after', String(retryAfterSeconds));
  sendJson(response, 429, toError('Rate limit reached.', 'rate_limit_exceeded'));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

function toError(message: string, code: string): string {
  return JSON.stringify({ error: { message, type: code, param: null, code } });
}

function toAnnotation(title: string, url: string): object {
  return { type: 'url_citation', url_citation: { start_index: 0, end_index: shortAnswer.length, title, url } };
}

function toCompletion(content: string): object {
  const message = { role: 'assistant', content, refusal: null };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'scripted', choices, usage };
}
