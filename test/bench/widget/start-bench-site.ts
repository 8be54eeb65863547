import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { writeAnswer, writeMessages } from './write-answer.js';

export const chatNames = ['nova-chat', 'deep-chat', 'floor', 'bare'] as const;
export type ChatName = (typeof chatNames)[number];

/** A question says how its answer comes: of how many characters, and with how many ms between two tokens. */
export const toQuestion = (characters: number, paceMs: number): string => `${characters} characters, ${paceMs} ms`;

const tokenCharacters = 4;
const sources = join(process.cwd(), 'test/bench/widget');
const widget = join(process.cwd(), 'packages/widget/dist/embed');

const css = `body { margin: 0; font: 16px system-ui }
.floor-log, deep-chat { display: block; width: 400px; height: 600px; overflow: auto }`;

function toPage(chat: ChatName, messages: number): string {
  const script =
    chat === 'nova-chat'
      ? '<script async src="/widget/embed.js" data-nova-endpoint="/v1" data-nova-open data-nova-persist="none"></script>'
      : '';
  const stored = JSON.stringify(writeMessages(messages)).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><style>${css}</style>
<body>${script}<script type="application/json">${stored}</script><script type="module" src="/pages/${chat}.js"></script>`;
}

/** Serves a page for each chat, and answers. Gives its address and a way to stop it. */
export async function startBenchSite(): Promise<{ url: string; stop: () => void }> {
  const { outputFiles } = await build({
    entryPoints: chatNames.map((name) => ({ in: join(sources, `${name}.page.ts`), out: name })),
    bundle: true,
    minify: true,
    format: 'esm',
    outdir: '/pages',
    write: false,
    logLevel: 'error',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://bench.invalid');
    if (request.method === 'POST') return answer(request, response);
    if (pathname === '/') {
      const page = toPage(searchParams.get('chat') as ChatName, Number(searchParams.get('messages') ?? 0));
      return void response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    }
    const [, name] = pathname.split('/widget/');
    const file = name ? await readFile(join(widget, name)) : files.get(pathname);
    response
      .setHeader('content-type', 'text/javascript')
      .writeHead(file ? 200 : 404)
      .end(file);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // deep-chat has a form of its own.
  const toEvent = request.url === '/deep-chat' ? toTextEvent : toChunkEvent;
  const { messages } = JSON.parse(await new Response(request as unknown as ReadableStream).text());
  const [, characters, paceMs] =
    /(\d+) characters, (\d+) ms/.exec(messages.at(-1).content ?? messages.at(-1).text) ?? [];
  const text = writeAnswer(Number(characters));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const events: string[] = [];
  for (let at = 0; at < text.length; at += tokenCharacters) {
    events.push(toEvent(text.slice(at, at + tokenCharacters)));
  }
  if (toEvent === toChunkEvent) events.push(toEvent('', 'stop'), 'data: [DONE]\n\n');
  if (paceMs === '0') return void response.end(events.join(''));
  const start = performance.now();
  for (let sent = 0; sent < events.length && !response.destroyed; ) {
    // A timer is late at times: what is due goes out then.
    const due = Math.min(events.length, Math.floor((performance.now() - start) / Number(paceMs)) + 1);
    for (; sent < due; sent += 1) response.write(events[sent]);
    await delay(1);
  }
  response.end();
}

function toChunkEvent(content: string, finish: string | null = null): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`;
}

const toTextEvent = (text: string): string => `data: ${JSON.stringify({ text })}\n\n`;
