import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A page of the site, or a file of another type. */
export interface SitePage {
  body: string;
  type?: string;
  headers?: Record<string, string>;
}

/** What an answer of the site's chat is made of, one after the other. */
export type AnswerStep =
  /** A `delta` of a chunk, and members beside it. */
  | { delta?: Record<string, unknown>; finish?: string; members?: Record<string, unknown> }
  /** An event as it is written here. */
  | { data: unknown }
  | { waitMs: number };

/** Ends the answer with a status in the place of a stream. */
export interface Refusal {
  status: number;
  body: string;
  type?: string;
  headers?: Record<string, string>;
}

/** What a page has asked. */
export interface SiteQuestion {
  /** Text of the last message. */
  text: string;
  messages: { role: string; content: unknown }[];
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
}

/** A site with the built widget under `/widget/`, pages of its own, and a chat that says what the test wants. */
export interface WidgetSite extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
  pages: Map<string, SitePage>;
  answer: (question: SiteQuestion) => readonly AnswerStep[] | Refusal;
}

const folder = join(process.cwd(), 'packages/widget/dist/embed');

/** Starts one on a free port of this machine. */
export async function startWidgetSite(): Promise<WidgetSite> {
  const pages = new Map<string, SitePage>();
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const site: WidgetSite = {
    url: '',
    pages,
    answer: () => [{ delta: { content: 'Yes.' } }],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://site.invalid');
    // A sandboxed frame has an origin of its own.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('access-control-expose-headers', '*');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (request.method === 'POST') return answerQuestion(request, response);
    const file = /^\/widget\/((?:\w+\/)?[\w.-]+\.js)$/.exec(pathname)?.[1];
    if (file) {
      response.setHeader('content-type', 'text/javascript');
      return void response.end(await readFile(join(folder, file)).catch(() => 'throw new Error("no such file")'));
    }
    const page = pages.get(pathname);
    if (!page) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': page.type ?? 'text/html; charset=utf-8', ...page.headers });
    response.end(page.body);
  }

  async function answerQuestion(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await new Response(request as unknown as ReadableStream).text()) as SiteQuestion['body'];
    const messages = body['messages'] as SiteQuestion['messages'];
    const { content } = messages.at(-1) ?? {};
    const parts = Array.isArray(content) ? (content as { text?: string }[]) : [{ text: String(content ?? '') }];
    const text = parts.map((part) => part.text ?? '').join('');
    const answer = site.answer({ text, messages, body, headers: request.headers });
    if ('status' in answer) {
      return void response
        .writeHead(answer.status, { 'content-type': answer.type ?? 'application/json', ...answer.headers })
        .end(answer.body);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const step of answer) {
      if ('waitMs' in step) await delay(step.waitMs);
      else response.write(`data: ${JSON.stringify('data' in step ? step.data : toChunk(step))}\n\n`);
      if (response.destroyed) return;
    }
    const isEnded = answer.some((step) => 'finish' in step || ('data' in step && hasError(step.data)));
    if (!isEnded) response.write(`data: ${JSON.stringify(toChunk({ finish: 'stop' }))}\n\n`);
    response.end('data: [DONE]\n\n');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

const hasError = (data: unknown): boolean => typeof data === 'object' && data !== null && 'error' in data;

function toChunk({ delta = {}, finish, members }: Exclude<AnswerStep, { data: unknown } | { waitMs: number }>): object {
  const choices = [{ index: 0, delta, finish_reason: finish ?? null }];
  return { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...members };
}
