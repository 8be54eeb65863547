import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { handleScriptedRequest } from '../../playground/scripted-upstream.js';
import { repositoryRoot } from './start-server.js';

/** The playground with the built widget in it, and its scripted upstream. */
export interface Playground {
  /** Without a trailing slash. */
  url: string;
  stop(): Promise<void>;
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** As strict as the page of a careful owner; the endpoints of the faults are elsewhere. */
const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; connect-src *",
  "require-trusted-types-for 'script'; trusted-types lit-html",
].join('; ');

/** Builds the playground into `folder`, and serves it on a free port. */
export async function startPlayground(folder: string): Promise<Playground> {
  await build({
    configFile: false,
    root: join(repositoryRoot, 'playground'),
    base: './',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    // A test run says "test", which is Lit's development build.
    resolve: { conditions: ['module', 'browser', 'production'] },
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: ['index', 'gallery', 'frame'].map((page) => join(repositoryRoot, `playground/${page}.html`)),
      },
    },
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://playground').pathname;
    if (path.startsWith('/scenario/')) {
      request.url = path.slice('/scenario'.length);
      handleScriptedRequest(request, response).catch(() => response.destroy());
    } else void sendFile(response, join(folder, path === '/' ? 'index.html' : path));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  const body = await readFile(file).catch(() => undefined);
  const headers = { 'content-type': types[extname(file)] ?? 'text/plain', 'content-security-policy': policy };
  response.writeHead(body ? 200 : 404, headers).end(body);
}
