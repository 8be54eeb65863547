// Prints what a visitor and a bundle pay, compressed, and fails over budget. `--root` measures the builds of another tree.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { root: { type: 'string', default: '.' } } });
const root = resolve(values.root);
const embedFolder = join(root, 'packages/widget/dist/embed');
const loader = join(embedFolder, 'embed.js');

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
  {
    name: 'embed.js, which shows the bubble',
    gzipBytes: 3 * 1024,
    brotliBytes: 2.5 * 1024,
    measure: () => sum([loader]),
  },
  {
    name: 'loaded until the bubble is shown',
    gzipBytes: 10 * 1024,
    brotliBytes: 9 * 1024,
    measure: () => sum([loader]),
  },
  {
    name: 'everything for a first answer',
    gzipBytes: 45.5 * 1024,
    brotliBytes: 40 * 1024,
    measure: async () => sum(await firstAnswer()),
  },
  { name: 'client: a page that streams', gzipBytes: 16 * 1024, measure: () => bundle(streamingPage) },
  { name: 'client: the same with createChat', gzipBytes: 12.5 * 1024, measure: () => bundle(smallestPage) },
  {
    name: 'client: protocol alone',
    gzipBytes: 1.5 * 1024,
    measure: () => bundle(`export * from '@nova-chat/client/protocol';`),
  },
];

for (const { name, gzipBytes, brotliBytes = Number.POSITIVE_INFINITY, measure } of rows) {
  const { gzip, brotli } = await measure();
  const isOver = gzip > gzipBytes || brotli > brotliBytes;
  if (isOver) process.exitCode = 1;
  const brotliColumn = Number.isFinite(brotliBytes) ? `${toColumn(brotli, brotliBytes)} brotli` : '';
  console.log(
    `  ${name.padEnd(34)} ${toColumn(gzip, gzipBytes)} gzip  ${brotliColumn.padEnd(26)} ${isOver ? 'OVER' : 'ok'}`,
  );
}

/** The loader, the chat that it loads, and what that imports; `import()` is for what a first answer does not need. */
async function firstAnswer() {
  const entries = globSync('**/*.js', { cwd: embedFolder }).filter((file) =>
    readFileSync(loader, 'utf8').includes(file),
  );
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
  const files = new Set(entries);
  for (const file of files) {
    for (const { kind, path } of metafile.inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') files.add(path);
  }
  return [loader, ...[...files].map((file) => join(embedFolder, file))];
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
  return compress(outputFiles[0].contents);
}

/** Each file is compressed by itself, as a server sends it. @param {string[]} files */
function sum(files) {
  const total = { gzip: 0, brotli: 0 };
  for (const file of files) {
    if (!existsSync(file)) throw new Error(`sizes: ${file} is not built`);
    const { gzip, brotli } = compress(readFileSync(file));
    total.gzip += gzip;
    total.brotli += brotli;
  }
  return total;
}

/** @param {Uint8Array} contents */
function compress(contents) {
  return { gzip: gzipSync(contents, { level: 9 }).length, brotli: brotliCompressSync(contents).length };
}

function toColumn(bytes, budgetBytes) {
  return `${toKilobytes(bytes)} of ${toKilobytes(budgetBytes)} KB`;
}

function toKilobytes(bytes) {
  return (bytes / 1024).toFixed(2).padStart(6);
}
