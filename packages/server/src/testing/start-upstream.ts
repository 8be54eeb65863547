import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the upstream got it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** A real HTTP server in the place of a provider. */
export interface Upstream {
  /** Without a path. */
  url: string;
  /** As `OPENAI_BASE_URL` takes it. */
  baseUrl: string;
  /** What was asked, in order. */
  requests: SeenRequest[];
  /** Settles when a request's connection is gone before its answer has ended, with the time by `performance.now()`. */
  abandoned: Promise<number>;
  /** Resolves once no connection is open. */
  whenIdle(): Promise<void>;
  stop(): Promise<void>;
}

/** Answers the request of that number, from 0. */
export type Answer = (response: ServerResponse, index: number) => void;

/** Starts a server that answers each request, whose body has been read, as told. */
export async function startUpstream(answer: Answer): Promise<Upstream> {
  const requests: SeenRequest[] = [];
  const abandoned = Promise.withResolvers<number>();
  const listener: RequestListener = async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned.resolve(performance.now());
    });
    let text = '';
    for await (const part of request) text += part;
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: JSON.parse(text) });
    answer(response, requests.length - 1);
  };
  const server = createServer((request, response) => void listener(request, response));
  const whenIdle = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    baseUrl: `${url}/v1`,
    requests,
    abandoned: abandoned.promise,
    whenIdle,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Gives what resolves once no connection is open. */
function watchConnections(server: Server): () => Promise<void> {
  const idle = new EventEmitter();
  let open = 0;
  server.on('connection', (socket) => {
    open++;
    socket.once('close', () => {
      open--;
      if (open === 0) idle.emit('idle');
    });
  });
  return async () => {
    if (open > 0) await once(idle, 'idle');
  };
}

/** Answers with a whole body. */
export function answerWith(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Answers with a body in two pieces, so far apart in time that they are read apart. */
export function answerCutAt(body: Uint8Array, at: number, contentType: string): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.socket?.setNoDelay(true);
    response.flushHeaders();
    response.write(body.subarray(0, at), () => setTimeout(() => response.end(body.subarray(at)), 1));
  };
}

/** Starts an event stream. */
export function openStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
}
