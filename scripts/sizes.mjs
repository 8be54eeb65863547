// Prints what a visitor and a bundle pay, gzip, and fails over budget. `--root` measures the builds of another tree.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { root: { type: 'string', default: '.' } } });
const root = resolve(values.root);
const embedFolder = join(root, 'packages/widget/dist/embed');
const loader = join(embedFolder, 'embed.js');

/** Loaded when an answer has code in it, and not for a first answer. */
const optional = /highlight|grammar/;

/** All of the client: whoever calls `createClient` gets each of its calls. */
const streamingPage = `
  import { createClient } from '@nova-chat/client';
  const nova = createClient({ baseUrl: '/' });
  const stream = nova.chat.stream({ messages: [{ role: 'user', content: 'Hello' }] });
  for await (const event of stream) if (event.type === 'text-delta') document.body.append(event.text);
  console.log((await stream.result()).outcome);`;

const smallestPage = `
  import { createChat } from '@nova-chat/client';
  const chat = createChat({ baseUrl: '/' });
  const answer = chat.stream({ messages: [{ role: 'user', content: 'Hello' }] });
  for await (const event of answer) {
    if (event.type === 'text-delta') document.body.append(event.text);
    if (event.type === 'end') console.log(event.outcome);
  }`;

const rows = [
  { name: 'embed.js, which shows the bubble', budgetBytes: 3 * 1024, measure: () => gzipOf([loader]) },
  { name: 'loaded until the bubble is shown', budgetBytes: 10 * 1024, measure: () => gzipOf([loader]) },
  { name: 'everything for a first answer', budgetBytes: 45 * 1024, measure: async () => gzipOf(await firstAnswer()) },
  { name: 'client: a page that streams', budgetBytes: 16 * 1024, measure: () => bundle(streamingPage) },
  { name: 'client: the same with createChat', budgetBytes: 12.5 * 1024, measure: () => bundle(smallestPage) },
  {
    name: 'client: protocol alone',
    budgetBytes: 1.5 * 1024,
    measure: () => bundle(`export * from '@nova-chat/client/protocol';`),
  },
];

for (const { name, budgetBytes, measure } of rows) {
  const bytes = await measure();
  const verdict = bytes > budgetBytes ? 'OVER' : 'ok';
  if (bytes > budgetBytes) process.exitCode = 1;
  console.log(`  ${name.padEnd(34)} ${toKilobytes(bytes)} of ${toKilobytes(budgetBytes)} KB gzip  ${verdict}`);
}

/** The loader, and all that its module graph loads by itself or for the text of an answer. */
async function firstAnswer() {
  const entries = globSync('*.js', { cwd: embedFolder }).filter((file) => readFileSync(loader, 'utf8').includes(file));
  const { metafile } = await build({
    absWorkingDir: embedFolder,
    entryPoints: entries,
    outdir: 'unused',
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.keys(metafile.inputs).filter((file) => !optional.test(file));
  return [loader, ...files.map((file) => join(embedFolder, file)).filter((file) => file !== loader)];
}

/** What a page pays for these lines: bundled for the browser and minified. */
async function bundle(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const server = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/undici/'));
  if (server.length > 0) throw new Error(`undici is in the browser's graph: ${server[0]}`);
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** Each file is compressed by itself, as a server sends it. @param {string[]} files */
function gzipOf(files) {
  for (const file of files) if (!existsSync(file)) throw new Error(`sizes: ${file} is not built`);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

function toKilobytes(bytes) {
  return (bytes / 1024).toFixed(2).padStart(6);
}
