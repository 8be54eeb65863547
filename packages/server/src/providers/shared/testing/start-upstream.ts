import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the upstream got it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Upstream {
  url: string;
  requests: SeenRequest[];
  /** Resolves once no connection is open. */
  whenIdle(): Promise<void>;
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a real server on this machine that answers every request as told. */
export async function startUpstream(answer: Answer): Promise<Upstream> {
  const requests: SeenRequest[] = [];
  let open = 0;
  let onIdle: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: text ? JSON.parse(text) : undefined });
    answer(request, response);
  });
  server.on('connection', (socket) => {
    open++;
    socket.once('close', () => {
      open--;
      if (open > 0) return;
      for (const resolve of onIdle) resolve();
      onIdle = [];
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    whenIdle: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a whole body. */
export function answerWith(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Answers with a body in two pieces, so far apart in time that they are read apart. */
export function answerCutAt(body: Uint8Array, at: number, contentType: string): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.socket?.setNoDelay(true);
    response.flushHeaders();
    response.write(body.subarray(0, at), () => setTimeout(() => response.end(body.subarray(at)), 1));
  };
}
