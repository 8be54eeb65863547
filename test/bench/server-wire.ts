// A client that costs next to nothing: one question after the other over one connection, read no further than needed.
import { connect, type Socket } from 'node:net';

export interface Target {
  name: string;
  /** With a host and a port. */
  url: string;
  headers?: Record<string, string>;
}

/** How an answer was read, in ms from the question on. */
export interface Reading {
  firstTokenMs: number;
  endMs: number;
}

/** What `server-upstream.ts` is asked for. */
export type Mode =
  | 'whole'
  | 'burst'
  | 'first'
  | 'stall after the first token'
  | 'stall before the first token'
  | 'stall before the whole answer';

/** Gives the bytes of a question. */
export function toQuestion({ url, headers = {} }: Target, mode: Mode): Buffer {
  const stream = !mode.includes('whole');
  const body = JSON.stringify({ model: 'auto', stream, messages: [{ role: 'user', content: `bench: ${mode}` }] });
  const lines = {
    host: new URL(url).host,
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}

const answerMs = 30_000;

export class Wire {
  readonly #socket: Socket;

  constructor({ url }: Target) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('error', () => {
      // Whoever waits is told by the end of the connection.
    });
  }

  /** Asks, and reads to the end of the answer, or to its first token only. Rejects when the answer is not whole. */
  ask(question: Buffer, until: 'end' | 'first token' = 'end'): Promise<Reading> {
    const socket = this.#socket;
    const startedAt = performance.now();
    let firstTokenMs = 0;
    let text = '';
    return new Promise((resolve, reject) => {
      const settle = (isRead: boolean): void => {
        clearTimeout(timer);
        socket.off('data', read).off('close', onClose);
        if (isRead) resolve({ firstTokenMs, endMs: performance.now() - startedAt });
        else reject(new Error(`Not answered whole: ${text.slice(0, 500)}`));
      };
      const onClose = (): void => settle(false);
      const timer = setTimeout(onClose, answerMs);
      const read = (bytes: Buffer): void => {
        text += bytes.toString('latin1');
        if (!firstTokenMs && text.includes('"first"')) {
          firstTokenMs = performance.now() - startedAt;
        }
        if (firstTokenMs && until === 'first token') settle(true);
        else if (isEnd(text)) settle(/^HTTP\/1.1 200 /.test(text) && /\[DONE\]|Good day/.test(text.slice(-2000)));
      };
      socket.on('data', read).on('close', onClose);
      socket.write(question);
    });
  }

  leave(): void {
    this.#socket.destroy();
  }
}

function isEnd(text: string): boolean {
  const bodyAt = text.indexOf('\r\n\r\n') + 4;
  if (bodyAt < 4) return false;
  const length = /\ncontent-length: (\d+)/i.exec(text.slice(0, bodyAt))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length - bodyAt >= Number(length);
}
