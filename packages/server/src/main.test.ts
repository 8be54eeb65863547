import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readSseText } from './testing/read-sse-text.js';
import { openStream, startUpstream, type Upstream } from './testing/start-upstream.js';

const packageRoot = join(import.meta.dirname, '..');

let main: string;
let folder: string;
let upstream: Upstream | undefined;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-main-'));
  await writeFile(join(folder, 'page.md'), '# Page\n\nA page about parcels.\n');
  main = await bundleMain();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await upstream?.stop();
  upstream = undefined;
});
afterAll(() => rm(folder, { recursive: true }));

interface Process {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  exited: Promise<[code: number | null, signal: string | null]>;
  /** The address that it prints. */
  url(): Promise<string>;
}

function run(env: Record<string, string>): Process {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', SITE_CONTENT: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part));
  child.stderr.on('data', (part: Buffer) => (stderr += part));
  const exited = once(child, 'close') as Process['exited'];
  return {
    child,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    async url() {
      for (;;) {
        const url = /^Nova Chat listens on (\S+)$/m.exec(stdout)?.[1];
        if (url) return url;
        await Promise.race([once(child.stdout, 'data'), exited]);
        if (child.exitCode !== null) throw new Error(`left with ${child.exitCode}: ${stderr}`);
      }
    },
  };
}

const ask = (url: string): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'parcels' }], stream: true }),
  });

/** An upstream that says one word, and the rest when told to. */
async function startSlowUpstream(): Promise<{ baseUrl: string; finish(): void }> {
  const told = Promise.withResolvers<void>();
  upstream = await startUpstream((response) => {
    openStream(response).write('data: {"choices":[{"delta":{"content":"first "}}]}\n\n');
    void told.promise.then(() =>
      response.end('data: {"choices":[{"delta":{"content":"last"},"finish_reason":"stop"}]}\n\n'),
    );
  });
  return { baseUrl: upstream.baseUrl, finish: () => told.resolve() };
}

describe('the process', () => {
  it.each([
    [{ PORT: 'eighty' }, /^PORT must be a whole number from 0 to 65535, for example PORT=8787\n$/],
    [
      { PROVIDER_ORDER: 'openai' },
      /^OPENAI_API_KEY must be set because PROVIDER_ORDER or NOVA_CONFIG names openai, .*\n$/,
    ],
    [{ OPENAI_BASE_URL: 'https://u:sk-canary@x/v1' }, /^OPENAI_BASE_URL must be (?!.*canary).*\n$/],
    [{ SITE_CONTENT: '/no/such/folder' }, /^SITE_CONTENT must be a folder.*\n$/],
  ])('stops at %o with one line and exit code 1', async (env, line) => {
    const { exited, stderr, stdout } = run(env);
    expect(await exited).toEqual([1, null]);
    expect(stderr()).toMatch(line);
    expect(stdout()).toBe('');
  });

  it('says in one line that the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { exited, stderr } = run({ PORT: String(port) });
    expect(await exited).toEqual([1, null]);
    expect(stderr()).toMatch(new RegExp(`^PORT ${port} on 127.0.0.1 is in use by another program; .*\\n$`));
    holder.close();
  });

  it('tells which variables are set in vain', async () => {
    const { stdout } = run({ OPENAI_MODEL: 'm', OPENAI_KEY: 'k' });
    await expect.poll(stdout).toContain('OPENAI_MODEL changes nothing: ');
    await expect.poll(stdout).toContain('OPENAI_KEY changes nothing; did you mean OPENAI_API_KEY?');
  });

  it('prints one address, then one JSON object a line', async () => {
    const process = run({});
    const url = await process.url();
    await (await ask(url)).text();
    process.child.kill('SIGTERM');
    expect(await process.exited).toEqual([0, null]);
    const [first, ...lines] = process
      .stdout()
      .trimEnd()
      .split('\n')
      .filter((line) => !line.includes('not built'));
    expect(first).toBe(`Nova Chat listens on ${url}`);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { order: ['site/site'] },
      { msg: 'request', provider: 'site' },
    ]);
    expect(process.stderr()).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s finishes the stream under way, refuses the rest and exits with 0',
    async (signal) => {
      const slow = await startSlowUpstream();
      const process = run({ OPENAI_BASE_URL: slow.baseUrl });
      const url = await process.url();
      const response = await ask(url);
      process.child.kill(signal);
      await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(503);
      expect((await ask(url)).status).toBe(503);
      slow.finish();
      const { text, events } = readSseText(await response.text());
      expect(text).toBe('first last');
      expect(events.at(-1)).toBe('[DONE]');
      expect(await process.exited).toEqual([0, null]);
    },
  );

  it('ends what does not finish in time with an error in the stream, and exits with 0', async () => {
    const slow = await startSlowUpstream();
    const process = run({ OPENAI_BASE_URL: slow.baseUrl, SHUTDOWN_MS: '50' });
    const response = await ask(await process.url());
    process.child.kill('SIGTERM');
    const { errors, events } = readSseText(await response.text());
    expect(errors).toMatchObject([{ code: 'server_shutting_down' }]);
    expect(events).not.toContain('[DONE]');
    expect(await process.exited).toEqual([0, null]);
    expect(process.stderr()).toBe('');
  });

  it('exits at once on a second signal', async () => {
    const slow = await startSlowUpstream();
    const process = run({ OPENAI_BASE_URL: slow.baseUrl });
    const url = await process.url();
    const response = await ask(url);
    process.child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(503);
    process.child.kill('SIGTERM');
    expect(await process.exited).toEqual([1, null]);
    await expect(response.text()).rejects.toThrow();
  });
});

/** Bundles `main.ts` and the sibling packages from their sources, so that a real process can be started without a build. */
async function bundleMain(): Promise<string> {
  // Below the package, so that it finds the dependencies; in node_modules, so that nothing else finds it.
  const outfile = join(packageRoot, 'node_modules/.nova-test/main.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['nova-src'],
    external: [...(await readDependencies('.')), ...(await readDependencies('../client'))],
    logLevel: 'error',
  });
  return outfile;
}

async function readDependencies(folder: string): Promise<string[]> {
  const text = await readFile(join(packageRoot, folder, 'package.json'), 'utf8');
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  return Object.keys(dependencies).filter((name) => !name.startsWith('@nova-chat/'));
}
