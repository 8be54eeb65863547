import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of one test run: its own port and folder, nothing on disk. */
export interface RunningRedis {
  url: string;
  port: number;
  /** Keeps its connections open and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Sends one command over a connection of its own; gives the first line of the reply. */
  send(...command: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a real Redis, on a free port when none is given. */
export async function startRedis(options: { port?: number } = {}): Promise<RunningRedis> {
  const port = options.port ?? (await findFreePort());
  const dir = await mkdtemp(join(tmpdir(), 'nova-redis-'));
  const parameters = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const child = spawn('redis-server', parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  await untilReady(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    send: (...command) => sendCommand(port, command),
    async stop() {
      child.kill('SIGKILL');
      await closed;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function sendCommand(port: number, command: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const words = command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  socket.write(`*${command.length}\r\n${words.join('')}`);
  try {
    const [reply] = (await once(socket, 'data')) as [Buffer];
    return reply.toString().split('\r\n', 1)[0] ?? '';
  } finally {
    socket.destroy();
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error('redis-server ended before it was ready')));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve();
    });
  });
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
