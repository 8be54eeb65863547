// Starts what the server bench compares, each a process of its own that speaks to the same provider.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './server-wire.js';

/** Why a target is not in the table. */
export interface Missing {
  name: string;
  missing: string;
}

export interface RunningTarget extends Target {
  process: ChildProcess;
  stop(): void;
}

const startMs = 20_000;

/** Starts a program and waits for the address that it prints. */
export async function startProgram(
  name: string,
  command: readonly string[],
  env: Record<string, string> = {},
): Promise<RunningTarget> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, startMs);
  const url = await readAddress(child);
  clearTimeout(timer);
  if (url === undefined) throw new Error(`${name} did not start.`);
  return { name, url, process: child, stop: kill };
}

/** Reads on to the end: a program whose log nobody reads piles it up. */
function readAddress({ stdout }: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let output: string | undefined = '';
    stdout?.setEncoding('latin1');
    stdout?.on('end', () => resolve(undefined));
    stdout?.on('data', (part: string) => {
      if (output === undefined) return;
      output += part;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url === undefined) return;
      output = undefined;
      resolve(url);
    });
  });
}

export const startUpstream = (): Promise<RunningTarget> =>
  startProgram('direct', ['node', 'test/bench/server-upstream.ts']);

export const startBareProxy = (upstream: string): Promise<RunningTarget> =>
  startProgram('bare proxy', ['node', 'test/bench/bare-proxy.ts', upstream]);

export const startParsingProxy = (upstream: string): Promise<RunningTarget> =>
  startProgram('… that parses', ['node', 'test/bench/bare-proxy.ts', upstream, 'parsing']);

const startNova = (name: string, upstream: string, order: string): Promise<RunningTarget> =>
  startProgram(name, ['node', 'packages/server/dist/main.js'], {
    PORT: '0',
    HOST: '127.0.0.1',
    OPENAI_BASE_URL: `${upstream}/v1`,
    OPENAI_API_KEY: 'none',
    OPENAI_MODEL: 'm',
    PROVIDER_ORDER: order,
  });

/** As it is started in production: with its log, breakers and checks, and with Redis when `REDIS_URL` is set. */
export const startOurs = (upstream: string): Promise<RunningTarget> =>
  startNova('nova-chat-server', upstream, 'openai');

/** With another one in reserve, a whole answer is read as a stream. */
export const startOursWithReserve = (upstream: string): Promise<RunningTarget> =>
  startNova('… with a reserve', upstream, 'openai,site');

export async function startNginx(upstream: string): Promise<RunningTarget | Missing> {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
  } catch {
    return { name: 'nginx', missing: 'not installed' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'nova-bench-'));
  const port = await findPort();
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; events { worker_connections 1024; }
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
uwsgi_temp_path ${folder}; scgi_temp_path ${folder}; keepalive_requests 1000000;
upstream provider { server ${new URL(upstream).host}; keepalive 128; }
server { listen 127.0.0.1:${port}; location / { proxy_pass http://provider; proxy_http_version 1.1;
proxy_set_header Connection ""; proxy_buffering off; } } }`,
  );
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const stop = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { name: 'nginx', url: `http://127.0.0.1:${port}`, process: child, stop };
}

async function findPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

const portkey = '1.15.2';
const installMs = 120_000;

/** Portkey is installed by the bench alone, once, and not with the project: it brings 80 packages. */
export async function startPortkey(upstream: string): Promise<RunningTarget | Missing> {
  const name = `Portkey ${portkey}`;
  const folder = `node_modules/.cache/nova-bench/portkey-${portkey}`;
  const main = `${folder}/node_modules/@portkey-ai/gateway/build/start-server.js`;
  try {
    if (!existsSync(main)) installPortkey(folder);
  } catch {
    return { name, missing: 'could not be installed' };
  }
  const running = await startProgram(name, ['node', '--import', './test/bench/on-loopback.ts', main, '--headless']);
  const headers = {
    authorization: 'Bearer none',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream}/v1`,
  };
  return { ...running, headers };
}

function installPortkey(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { '@portkey-ai/gateway': portkey },
    // With newer ones, which a plain install brings, every stream fails: Portkey-AI/gateway#1389.
    overrides: { '@hono/node-server': '1.14.1', hono: '4.9.7' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const parameters = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', parameters, { cwd: folder, timeout: installMs, stdio: 'ignore' });
}
