import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server in the place of a provider. */
export interface Upstream {
  /** As `OPENAI_BASE_URL` takes it. */
  baseUrl: string;
  /** What was asked, in order. */
  requests: { headers: IncomingMessage['headers']; body: Record<string, unknown>; url: string }[];
  /** Settles when a request's connection is gone before its answer has ended, with the time by `performance.now()`. */
  abandoned: Promise<number>;
  stop(): Promise<void>;
}

/** Starts a server that answers each request, whose body has been read, as the handler says. */
export async function startUpstream(handle: (response: ServerResponse, index: number) => void): Promise<Upstream> {
  const requests: Upstream['requests'] = [];
  const abandoned = Promise.withResolvers<number>();
  const listener: RequestListener = async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned.resolve(performance.now());
    });
    let text = '';
    for await (const part of request) text += part;
    requests.push({ headers: request.headers, body: JSON.parse(text), url: request.url ?? '' });
    handle(response, requests.length - 1);
  };
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    abandoned: abandoned.promise,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts an event stream. */
export function openStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
}
