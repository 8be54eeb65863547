import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A request as it came over the wire. */
export interface WireRequest {
  /** `POST /v1/x HTTP/1.1`. */
  line: string;
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** How many requests came before it, over all connections. */
  index: number;
}

export interface TcpServer extends AsyncDisposable {
  url: string;
  requests: WireRequest[];
  /** Connections that are open. */
  open: Set<Socket>;
  /** Connections that were ever opened. */
  opened: () => number;
  /** Most connections at one time. */
  peak: () => number;
}

/** Head of a response whose body goes on until the connection closes. */
export const sseHead: string = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n';

/** Head of a response in chunks, whose end is told from a connection that breaks. */
export const chunkedHead: string =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';

/** One chunk of a chunked body; nothing for an empty text, as an empty chunk would be the last one. */
export function toWireChunk(text: string): string {
  return text && `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** Starts a server that answers each request with raw bytes, so that it can break every rule of HTTP. */
export async function startTcpServer(
  answer: (socket: Socket, request: WireRequest) => void | Promise<void>,
): Promise<TcpServer> {
  const requests: WireRequest[] = [];
  const open = new Set<Socket>();
  let opened = 0;
  let peak = 0;
  const server = createServer((socket) => {
    opened++;
    open.add(socket);
    peak = Math.max(peak, open.size);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    let text = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
      for (let request = takeRequest(text); request; request = takeRequest(text)) {
        text = text.slice(request.length);
        const seen = { ...request.request, index: requests.length };
        requests.push(seen);
        void answer(socket, seen);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    open,
    opened: () => opened,
    peak: () => peak,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function takeRequest(text: string): { request: Omit<WireRequest, 'index'>; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [line = '', ...fields] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  const bodyLength = Number(headers['content-length'] ?? 0);
  if (text.length < end + 4 + bodyLength) return undefined;
  const [method = '', path = ''] = line.split(' ');
  const body = Buffer.from(text.slice(end + 4, end + 4 + bodyLength), 'latin1').toString();
  return { request: { line, method, path, headers, body }, length: end + 4 + bodyLength };
}
