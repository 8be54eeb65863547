import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One request as it came over the socket. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * What the server does next on the socket. Bytes are written as they are, so a script says everything itself: status
 * line, headers, framing. `reset` sends RST, `end` sends FIN, `stall` does nothing until the peer leaves, `forever`
 * repeats its bytes until the peer leaves, `until` waits for the test.
 */
export type FaultStep =
  | { send: string | Uint8Array }
  | { waitMs: number }
  | { until: Promise<unknown> }
  | { drip: string | Uint8Array; everyMs: number }
  | { forever: string; everyMs: number }
  | 'reset'
  | 'end'
  | 'stall';

/** Gives the steps for a request; `count` is 1 for the first request of the server. */
export type FaultScript = (request: SeenRequest, count: number) => readonly FaultStep[];

export interface FaultServer extends AsyncDisposable {
  url: string;
  requests: SeenRequest[];
  /** Sockets that are open now and have carried a request: a runtime may open some more in advance. */
  openSockets(): number;
  /** Sockets ever accepted. */
  acceptedSockets(): number;
  stop(): Promise<void>;
}

/** Starts a TCP server on loopback that answers HTTP/1.1 requests exactly as its script says, faults included. */
export async function startFaultServer(script: FaultScript, tls?: TlsOptions): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  let accepted = 0;
  const onConnection = (socket: Socket): void => {
    accepted += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => {
      sockets.delete(socket);
      used.delete(socket);
    });
    // A peer that resets is what many of the scripts are about.
    socket.on('error', () => {});
    readRequests(socket, (request) => {
      used.add(socket);
      requests.push(request);
      return script(request, requests.length);
    });
  };
  const server: Server = tls ? createTlsServer(tls, onConnection) : createServer(onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: tls ? `https://127.0.0.1:${port}` : `http://127.0.0.1:${port}`,
    requests,
    openSockets: () => used.size,
    acceptedSockets: () => accepted,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Plays the answers of one socket in the order of its requests. */
function readRequests(socket: Socket, answer: (request: SeenRequest) => readonly FaultStep[]): void {
  let buffered = Buffer.alloc(0);
  let queue: Promise<void> = Promise.resolve();
  socket.on('data', (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    for (let parsed = parseRequest(buffered); parsed; parsed = parseRequest(buffered)) {
      buffered = parsed.rest;
      const { request } = parsed;
      queue = queue.then(() => play(socket, answer(request)));
    }
  });
}

function parseRequest(bytes: Buffer): { request: SeenRequest; rest: Buffer<ArrayBuffer> } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [requestLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const bodyEnd = end + 4 + Number(headers['content-length'] ?? 0);
  if (bytes.length < bodyEnd) return undefined;
  const body = bytes.subarray(end + 4, bodyEnd).toString('utf8');
  return { request: { method, path, headers, body }, rest: Buffer.from(bytes.subarray(bodyEnd)) };
}

async function play(socket: Socket, steps: readonly FaultStep[]): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (step === 'reset') socket.resetAndDestroy();
    else if (step === 'end') socket.end();
    else if (step === 'stall') await new Promise((resolve) => socket.once('close', resolve));
    else if ('waitMs' in step) await delay(step.waitMs);
    else if ('until' in step) await step.until;
    else if ('send' in step) await write(socket, step.send);
    else if ('drip' in step) await drip(socket, Buffer.from(step.drip), step.everyMs);
    else await repeat(socket, step.forever, step.everyMs);
  }
}

/** Waits until the kernel has the bytes, so that a reset that follows does not overtake them. */
function write(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    socket.write(bytes, () => setImmediate(resolve));
  });
}

async function drip(socket: Socket, bytes: Buffer, everyMs: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Uint8Array.of(byte));
    await delay(everyMs);
  }
}

async function repeat(socket: Socket, text: string, everyMs: number): Promise<void> {
  while (!socket.destroyed) {
    socket.write(text);
    await delay(everyMs);
  }
}
