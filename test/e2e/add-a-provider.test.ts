import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodeBlocks, readDocs } from '../support/read-docs.js';
import { repositoryRoot, startServer } from '../support/start-server.js';
import { startVendors, vendorKey } from '../support/vendors/start-vendors.js';

const page = readDocs().find(({ path }) => path === 'docs/add-a-provider.md') ?? { path: '', text: '' };
const [openAiFile = '', acmeFile = ''] = readCodeBlocks(page, 'json');
const commands = readCodeBlocks(page, 'sh');

mkdirSync(join(repositoryRoot, 'artifacts'), { recursive: true });
/** Inside the repository, so that package names resolve as they do for a newcomer. */
const folder = mkdtempSync(join(repositoryRoot, 'artifacts/newcomer-'));
const configFile = join(folder, 'nova.config.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const messages = [{ role: 'user' as const, content: 'Hello' }];

describe('a server that speaks OpenAI’s format', () => {
  it('is added by the file and the commands of the page', async () => {
    const vendors = await startVendors();
    writeFileSync(configFile, openAiFile.replace('https://api.groq.com/openai/v1', vendors.url('openai')));
    const [, variable = ''] = /NOVA_CONFIG=nova\.config\.json (\w+)=/.exec(commands[0] ?? '') ?? [];
    const server = await startServer({ NOVA_CONFIG: configFile, [variable]: vendorKey });
    try {
      const curl = commands[1]?.replaceAll('http://127.0.0.1:8787', server.url) ?? '';
      const { code, output } = await run('sh', ['-c', curl]);
      expect(code, output).toBe(0);
      expect(output).toMatch(/"nova":\{"provider":"groq"[\s\S]*data: \[DONE\]/);
      expect(vendors.calls).toMatchObject([{ vendor: 'openai', question: 'Hello', state: 'answered' }]);
    } finally {
      await server.stop();
      await vendors.stop();
    }
  });
});

describe('a provider of one’s own', () => {
  const source = join(folder, 'packages/server/src');

  beforeAll(() => {
    // A copy of the server, which the newcomer works on. Its tests reach beyond it.
    const filter = (path: string): boolean => !path.endsWith('.test.ts');
    cpSync(join(repositoryRoot, 'packages/server/src'), source, { recursive: true, filter });
    symlinkSync(join(repositoryRoot, 'packages/server/node_modules'), join(folder, 'packages/server/node_modules'));
    for (const [, language = '', path = '', code = ''] of page.text.matchAll(
      /^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm,
    )) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, language === 'ts' ? code : applyDiff(readFileSync(file, 'utf8'), code));
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../packages/server/tsconfig.json',
        compilerOptions: { customConditions: [] },
        include: ['packages/server/src'],
      }),
    );
  });

  it('compiles as the page has it, and keeps to the house style', async () => {
    expect(await run('npx', ['--no-install', 'tsc', '-p', folder])).toMatchObject({ code: 0, output: '' });
    const own = ['providers/acme', 'config', 'create-providers.ts'].map((path) => join(source, path));
    const style = ['--no-install', 'biome', 'check', '--vcs-enabled=false', '--config-path', repositoryRoot, ...own];
    const { code, output } = await run('npx', style);
    expect(code, output).toBe(0);
  });

  it('passes its own tests', async () => {
    const { code, output } = await run('npx', [
      '--no-install',
      'vitest',
      'run',
      '--root',
      folder,
      '--testTimeout=30000',
      'providers/acme',
    ]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/8 passed/);
  });

  it('answers the official client, streamed and whole, and is stood in for when it fails', async () => {
    const acme = await startAcme();
    const outfile = join(folder, 'packages/server/dist/main.js');
    const entryPoints = [join(source, 'main.ts')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
    writeFileSync(configFile, acmeFile.replace('"kind": "acme",', `"kind": "acme", "baseUrl": "${acme.url}",`));
    const [, variable = ''] = /NOVA_CONFIG=nova\.config\.json (\w+)=/.exec(commands.at(-1) ?? '') ?? [];
    const env = { NOVA_CONFIG: configFile, [variable]: 'acme-secret', SITE_CONTENT: join(repositoryRoot, 'docs') };
    const server = await startServer(env, outfile);
    try {
      const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'k', maxRetries: 0 });
      const stream = openai.chat.completions.stream({ model: 'acme/acme-1', messages });
      expect((await stream.finalChatCompletion()).choices[0]?.message.content).toBe('To Hello I say 2 words.');
      const whole = await openai.chat.completions.create({ model: 'acme-1', messages });
      expect(whole).toMatchObject({
        choices: [{ message: { content: 'To Hello I say 2 words.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 2 },
        nova: { provider: 'acme' },
      });
      const asked = [{ role: 'user' as const, content: 'Please fail: which Node version do I need?' }];
      expect(await openai.chat.completions.create({ model: 'auto', messages: asked })).toMatchObject({
        nova: { provider: 'site', attempts: 2 },
      });
      await expect(openai.chat.completions.create({ model: 'acme-1', messages, n: 2 })).rejects.toMatchObject({
        status: 400,
        param: 'n',
      });
    } finally {
      await server.stop();
      await acme.stop();
    }
  });
});

/** Acme, as the page describes it. */
async function startAcme(): Promise<{ url: string; stop(): Promise<unknown> }> {
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await new Response(request as unknown as ReadableStream).text()) as {
      turns: { from: string; text: string }[];
    };
    const question = body.turns.at(-1)?.text ?? '';
    const isKnown = request.headers['acme-key'] === 'acme-secret' && request.url === '/v2/answers';
    if (!isKnown || question.includes('fail')) {
      response.writeHead(isKnown ? 400 : 401).end('{"fault":{"name":"busy","message":"acme-secret is busy"}}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const words = [`To ${question} `, 'I say 2 words.'].map((text) => ({ kind: 'word', text }));
    for (const event of [{ kind: 'news' }, ...words, { kind: 'end', why: 'done', tokens: { in: 3, out: 2 } }])
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
      return once(server, 'close');
    },
  };
}

/** Puts the added lines behind the line that they follow. */
function applyDiff(text: string, diff: string): string {
  const lines = diff.trimEnd().split('\n');
  const context = lines.find((line) => line.startsWith(' '))?.slice(1) ?? '';
  const added = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
  const at = text.split('\n').indexOf(context);
  if (at < 0) throw new TypeError(`There is no line "${context}".`);
  return text
    .split('\n')
    .toSpliced(at + 1, 0, ...added)
    .join('\n');
}

function run(command: string, parameters: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const read = (chunk: Buffer): void => {
      if (!chunk.includes('npm warn')) output += chunk;
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
