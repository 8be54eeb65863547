import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The repository: npm scripts and vitest run in it, bundled programs too. */
export const repositoryRoot: string = process.cwd();

const deadlineMs = 20_000;

/** A server of its own process, on a free port. */
export interface RunningServer {
  /** Without a trailing slash. */
  url: string;
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built backend, or that of another main file, and waits for the address that it prints. */
export async function startServer(
  env: Record<string, string> = {},
  main = 'packages/server/dist/main.js',
): Promise<RunningServer> {
  const keys = /^(?:OPENAI|ANTHROPIC|GEMINI|OLLAMA)_|^(?:NOVA_CONFIG|PROVIDER_ORDER|REDIS_URL)$/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !keys.test(name)));
  const child = spawn(process.execPath, [main], {
    cwd: repositoryRoot,
    env: { ...inherited, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that ran out of time does not get to its own `stop`.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No address after ${deadlineMs} ms:\n${output}`)), deadlineMs);
    const read = (chunk: Buffer): void => {
      output += chunk;
      const address = /http:\/\/[\w.:[\]-]+:\d+/.exec(output)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server left with ${code}:\n${output}`)));
  });
  const stop = async (): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode;
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { url, process: child, output: () => output, stop };
}
