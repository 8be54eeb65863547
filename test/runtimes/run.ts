// Runs the client's contract in every runtime that it promises, and a visit to the built chat in every browser:
// `npm run test:runtimes`, or of one, `npm run test:runtimes -- firefox`. Their binaries are npm
// packages, fetched on demand into npm's cache and not installed with the project.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { FaultCase } from '../faults/cases/fault-case.js';
import { faultCases } from '../faults/fault-cases.js';
import { launchChromium } from '../support/chromium.js';
import { type FaultStep, type SeenRequest, startFaultServer } from '../support/fault-server.js';
import type { ContractCase } from './contract.js';
import { type DesktopBrowser, firefox, openUntil, webkit } from './desktop-browser.js';
import { startChatPage } from './start-chat-page.js';

interface Runtime {
  name: string;
  run(folder: string, baseUrl: string): Promise<string>;
}

const script = (name: string, ...command: string[]): Runtime => ({
  name,
  run: (folder, baseUrl) => read('npm', 'exec', '--yes', ...command, join(folder, 'script.mjs'), baseUrl),
});

const runtimes: readonly Runtime[] = [
  script('node 22', '--package=node@22.23.3', '--', 'node'),
  script('node 24', '--package=node@24.21.0', '--', 'node'),
  script('node 26', '--package=node@26.10.0', '--', 'node'),
  script('deno', '--package=deno@2.9.6', '--', 'deno', 'run', '--allow-all'),
  script('bun', '--package=bun@1.4.5', '--', 'bun'),
  { name: 'workerd', run: runWorker },
  { name: 'chromium', run: runPage },
  ...[firefox, webkit].map((browser) => ({
    name: browser.name,
    run: (_folder: string, baseUrl: string) => runDesktopBrowser(browser, baseUrl),
  })),
  { name: 'chat in chromium', run: (folder) => visitChat(folder) },
  { name: 'chat in firefox', run: (folder) => visitChat(folder, firefox) },
  { name: 'chat in webkit', run: (folder) => visitChat(folder, webkit) },
];

/** What a page has told last. */
let onResult: (json: string) => void = () => {};

const faults = faultCases.filter((fault) => !fault.tls);

const toContractCase = (fault: FaultCase, index: number): ContractCase => ({
  name: fault.name,
  path: `/case-${index}`,
  outcome: fault.outcome,
  text: fault.name === 'tokens without end' ? '*' : fault.text,
  ...(fault.code ? { code: fault.code } : {}),
  // Where a compressed body is none, the fetch of Node 22 waits for ever and Deno's calls it an interruption.
  ...(fault.code === 'decode_error'
    ? { orCodes: ['first_event_timeout' as const, 'stream_interrupted' as const] }
    : {}),
  ...(fault.transport ? { transport: fault.transport } : {}),
});

function body(type: string, content: string): readonly FaultStep[] {
  const length = Buffer.byteLength(content);
  return [
    {
      send: `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n${content}`,
    },
    'end',
  ];
}

/** One server for all cases; the path says which, and each runtime starts its counts anew by asking for the list. */
async function startContractServer(page: string): Promise<{ url: string; stop(): Promise<void> }> {
  let counts = new Map<number, number>();
  const server = await startFaultServer((request: SeenRequest) => {
    if (request.path === '/result') {
      onResult(request.body);
      return body('text/plain', 'thanks');
    }
    if (request.path === '/open') return body('text/plain', `${server.openSockets() - 1}`);
    if (request.path === '/cases') {
      counts = new Map();
      return body('application/json', JSON.stringify(faults.map(toContractCase)));
    }
    const index = Number(/^\/case-(\d+)\//.exec(request.path)?.[1] ?? -1);
    const fault = faults[index];
    if (!fault)
      return request.path === '/page.js'
        ? body('text/javascript', page)
        : body('text/html', '<!doctype html><script type="module" src="/page.js"></script>');
    const count = (counts.get(index) ?? 0) + 1;
    counts.set(index, count);
    return fault.script(request, count);
  });
  return server;
}

async function runWorker(folder: string, baseUrl: string): Promise<string> {
  const port = await findFreePort();
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker.mjs", esModule = embed "worker.mjs")], compatibilityDate = "2026-07-01", globalOutbound = "loopback")),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`;
  await writeFile(join(folder, 'config.capnp'), config);
  const command = ['exec', '--yes', '--package=workerd@1.20261117.1', '--', 'workerd', 'serve'];
  const child = spawn('npm', [...command, join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  try {
    return toSummary(await askWhenUp(`http://127.0.0.1:${port}/?base=${encodeURIComponent(baseUrl)}`));
  } finally {
    if (child.pid) process.kill(-child.pid);
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function askWhenUp(url: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function runPage(_folder: string, baseUrl: string): Promise<string> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${baseUrl}/`);
    await page.waitForFunction('globalThis.contract !== undefined');
    return toSummary(JSON.stringify(await page.evaluate('globalThis.contract')));
  } finally {
    await browser.close();
  }
}

/** Passes over a browser that is not on this machine. */
async function runDesktopBrowser(browser: DesktopBrowser, baseUrl: string): Promise<string> {
  if (!browser.toCommand('')) return `not installed: ${browser.hint}; 0 failed`;
  const told = new Promise<string>((resolve) => {
    onResult = resolve;
  });
  return toSummary(await openUntil(browser, `${baseUrl}/`, told), browser.untold);
}

/** Visits the chat in a browser of this machine; left out, in the Chromium of the tests. */
async function visitChat(folder: string, browser?: DesktopBrowser): Promise<string> {
  if (browser && !browser.toCommand('')) return `not installed: ${browser.hint}; 0 failed`;
  const { url, result, stop } = await startChatPage(await readFile(join(folder, 'chat-page.mjs'), 'utf8'));
  try {
    if (browser) return toSummary(await openUntil(browser, url, result));
    const chromium = await launchChromium();
    try {
      await (await chromium.newPage()).goto(url);
      return toSummary(await result);
    } finally {
      await chromium.close();
    }
  } finally {
    await stop();
  }
}

/** `untold`: names of cases that may fail. */
function toSummary(json: string, untold: readonly string[] = []): string {
  const { passed, failures } = JSON.parse(json) as { passed: number; failures: string[] };
  const failed = failures.filter((failure) => !untold.some((name) => failure.startsWith(`${name}: `)));
  const rest =
    failures.length > failed.length ? `${failures.length - failed.length} not told by its network layer, ` : '';
  return [...failed.map((failure) => `  ${failure}`), `${passed} passed, ${rest}${failed.length} failed`].join('\n');
}

async function read(command: string, ...parameters: string[]): Promise<string> {
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes;
  });
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes;
  });
  const [status] = await once(child, 'close');
  return status === 0 || out.includes(' passed, ') ? out.trim() : `${out}${errors.slice(-2000)}\n0 passed, 1 failed`;
}

const folder = await mkdtemp(join(tmpdir(), 'nova-runtimes-'));
const options: BuildOptions = {
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  logLevel: 'error',
};
const toEntry = (name: string): string => `test/runtimes/${name}.ts`;
await build({ ...options, entryPoints: ['script', 'worker'].map(toEntry) });
// What a page loads is a build of its own.
await build({ ...options, entryPoints: ['page', 'chat-page'].map(toEntry), conditions: ['browser'] });
const server = await startContractServer(await readFile(join(folder, 'page.mjs'), 'utf8'));

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => runtimes.every((runtime) => runtime.name !== name));
if (unknown)
  throw new Error(`There is no runtime "${unknown}"; there are ${runtimes.map(({ name }) => name).join(', ')}.`);
let failed = 0;
for (const runtime of runtimes) {
  if (wanted.length > 0 && !wanted.includes(runtime.name)) continue;
  const summary = await runtime
    .run(folder, server.url)
    .catch((error: unknown) => `${String(error)}\n0 passed, 1 failed`);
  if (!/\b0 failed$/.test(summary)) failed += 1;
  console.log(`${runtime.name}\n${summary}`);
}
await server.stop();
await rm(folder, { recursive: true, force: true });
console.log(`${wanted.length || runtimes.length} runtimes, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
