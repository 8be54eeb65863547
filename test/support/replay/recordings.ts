import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VendorName } from '../vendors/start-vendors.js';

/** A streamed answer as it was on the wire. */
export interface Recording {
  name: string;
  vendor: VendorName;
  body: Uint8Array;
  /** Default 200, as a stream; otherwise as JSON. */
  status?: number;
  /** The body as the vendor's own package wants it, where the server that was recorded writes it otherwise. */
  mended?: Uint8Array;
}

const ownFolder = join(import.meta.dirname, '../../../packages/server/src/providers');
/** Whole answers that this project has written in the vendors' formats. */
const own: [VendorName, string[]][] = [
  ['anthropic', ['text.sse', 'tools.sse', 'thinking.sse', 'refusal.sse']],
  ['gemini', ['text.sse', 'thoughts.sse', 'calls.sse', 'safety.sse']],
  ['ollama', ['text.ndjson', 'thinking.ndjson', 'calls.ndjson', 'length.ndjson']],
];

/** Reads the answers that are part of this project. */
export function readOwnRecordings(): Recording[] {
  return own.flatMap(([vendor, names]) =>
    names.map((name) => ({
      name: `own-${vendor}-${name}`,
      vendor,
      body: readFileSync(join(ownFolder, vendor, '__fixtures__', name)),
    })),
  );
}

/** Reads the recordings of a folder whose format is one of the four. */
export function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => /\.(?:sse|chunks\.txt)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const vendor = toVendor(text);
      if (!vendor) return [];
      const wire = name.endsWith('.sse') ? text : toWire(text, vendor);
      return [{ name, vendor, body: Buffer.from(wire), mended: Buffer.from(vendor === 'openai' ? mend(wire) : wire) }];
    });
}

/** Reads the streams of a folder whose format is none of the four. */
export function readForeignRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.chunks.txt'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ text }) => !toVendor(text))
    .map(({ name, text }) => ({ name, vendor: 'openai', body: Buffer.from(toWire(text, 'openai')) }));
}

/** Reads the bodies of a folder that came with status 404. */
export function readRefusals(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name,
      vendor: name.includes('anthropic') ? 'anthropic' : 'openai',
      body: readFileSync(join(folder, name)),
      status: 404,
    }));
}

/** Mistral leaves out index and type of a tool call, without which OpenAI's package reads none. */
function mend(wire: string): string {
  return wire.replace(/"tool_calls":\[\{(?="id")/g, '"tool_calls":[{"index":0,"type":"function",');
}

function toVendor(text: string): VendorName | undefined {
  const [, first = '{}'] = /^(?:data: ?)?(\{.*)$/m.exec(text) ?? [];
  const event = JSON.parse(first) as Record<string, unknown>;
  if (Array.isArray(event['choices'])) return 'openai';
  if (event['type'] === 'message_start') return 'anthropic';
  return Array.isArray(event['candidates']) ? 'gemini' : undefined;
}

/** Gives one JSON a line the frames back that it had on the wire. */
function toWire(text: string, vendor: VendorName): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (vendor === 'gemini') return lines.map((line) => `data: ${line}\r\n\r\n`).join('');
  if (vendor === 'openai') return [...lines, '[DONE]'].map((line) => `data: ${line}\n\n`).join('');
  return lines.map((line) => `event: ${(JSON.parse(line) as { type: string }).type}\ndata: ${line}\n\n`).join('');
}
