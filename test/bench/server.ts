// What our server costs, beside a bare proxy (node:http and undici, nothing read or checked) and nginx when it is
// installed, in one run: CPU and time for bursts of streams, the time added to a first token, and memory.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'esbuild';
import { Agent, request } from 'undici';
import { done, finish, role, text } from '../faults/wire.js';

const tokens = 1000;
const streams = 100;
const rounds = 3;
const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hello?' }] });
const events = [role, ...Array.from({ length: tokens }, (_, index) => text(`word${index} `)), finish + done];

/** The provider: all tokens as fast as they are taken. */
async function startUpstream(): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      // Ten events a write, as a provider under load sends them.
      for (let at = 0; at < events.length; at += 10) outgoing.write(events.slice(at, at + 10).join(''));
      outgoing.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

interface Target {
  name: string;
  url: string;
  process?: ChildProcess;
}

async function start(name: string, command: string[], env: Record<string, string> = {}): Promise<Target> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const part of child.stdout) {
    output += part;
    const url = /http:\/\/[\w.:]+:\d+/.exec(output)?.[0];
    if (url) {
      child.stdout.resume();
      return { name, url, process: child };
    }
  }
  throw new Error(`${name} did not start:\n${output}`);
}

const nginx = 'nginx';

function hasNginx(): boolean {
  try {
    execFileSync(nginx, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function startNginx(upstream: string, folder: string): Promise<Target> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; events { worker_connections 1024; }
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
server { listen 127.0.0.1:${port}; location / { proxy_pass ${upstream}; proxy_http_version 1.1; proxy_buffering off; } } }`,
  );
  const child = spawn(nginx, ['-c', file], { stdio: 'inherit' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { name: 'nginx', url: `http://127.0.0.1:${port}`, process: child };
}

/** CPU time of a process so far, in ms. Linux only: user and system time in ticks of 10 ms. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function rssMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

const dispatcher = new Agent({ connections: streams });

/** Reads one stream; gives the time to its first byte of the body. */
async function readOne(url: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await request(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    dispatcher,
  });
  let firstMs = 0;
  let last = '';
  for await (const part of answer.body) {
    firstMs ||= performance.now() - startedAt;
    last = String(part);
  }
  if (!last.includes('[DONE]')) throw new Error(`${url} did not answer whole: ${last.slice(0, 200)}`);
  return firstMs;
}

async function measure({ name, url, process: child }: Target): Promise<Record<string, string | number>> {
  const pid = child?.pid;
  await Promise.all(Array.from({ length: 20 }, () => readOne(url)));
  const singles: number[] = [];
  for (let index = 0; index < 30; index += 1) singles.push(await readOne(url));
  const cpuBefore = pid ? cpuMs(pid) : 0;
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1)
    await Promise.all(Array.from({ length: streams }, () => readOne(url)));
  const wallMs = performance.now() - startedAt;
  const thousands = (rounds * streams * tokens) / 1000;
  return {
    target: name,
    'CPU ms / 1,000 tokens': pid ? ((cpuMs(pid) - cpuBefore) / thousands).toFixed(2) : '',
    'wall ms / 1,000 tokens': (wallMs / thousands).toFixed(2),
    'first byte p50 ms, alone': (singles.sort((a, b) => a - b)[15] ?? 0).toFixed(2),
    'RSS MB': pid ? Math.round(rssMb(pid)) : '',
  };
}

const folder = mkdtempSync(join(tmpdir(), 'nova-bench-'));
const upstream = await startUpstream();
const bareProxy = 'node_modules/.cache/nova-run/bare-proxy.mjs';
await build({
  entryPoints: ['test/bench/bare-proxy.ts'],
  outfile: bareProxy,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const targets: Target[] = [{ name: 'direct', url: upstream.url }];
try {
  targets.push(await start('bare proxy', ['node', bareProxy, upstream.url]));
  if (hasNginx()) targets.push(await startNginx(upstream.url, folder));
  targets.push(
    await start('nova-chat-server', ['node', 'packages/server/dist/main.js'], {
      PORT: '0',
      OPENAI_BASE_URL: `${upstream.url}/v1`,
      PROVIDER_ORDER: 'openai',
      SITE_CONTENT: 'docs/decisions',
    }),
  );
  const rows: Record<string, string | number>[] = [];
  for (const target of targets) rows.push(await measure(target));
  console.table(rows);
} finally {
  for (const { process: child } of targets) child?.kill('SIGKILL');
  upstream.close();
  await dispatcher.close();
  rmSync(folder, { recursive: true, force: true });
}
