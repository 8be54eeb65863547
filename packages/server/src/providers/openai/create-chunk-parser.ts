import { type ChatChunk, type ChunkDelta, type ParsedChunk, parseChunk } from '@nova-chat/client/protocol';
import type { ProviderChunk } from '../provider.js';
import { parseJson } from '../shared/json-value.js';

/** Parses the events of one streamed answer. */
export interface ChunkParser {
  /**
   * Parses the data of the next event, as `parseChunk` does. What only adds to the text of the chunk before it is
   * added to that, and is `unknown` by itself.
   */
  parse(data: string): ParsedChunk;
  /** Takes the chunks that were parsed since the last time, and puts them beside their JSON, where that is at hand. */
  withJson(chunks: ChatChunk[]): ProviderChunk[];
}

/** What stands around the text of a chunk. */
interface Around {
  before: string;
  after: string;
}

/** A chunk without its text. */
interface Frame {
  /** As the provider writes it. */
  read: Around;
  /** As we write it. */
  written: Around;
  chunk: ChatChunk;
  choice: ChatChunk['choices'][number];
}

/** Chunks that follow each other and differ in their text only. */
interface Run {
  frame: Frame;
  /** Has the text of the first until the others are known. */
  chunk: ChatChunk;
  delta: ChunkDelta;
  texts: string[];
  json: string[];
}

/** Where a chunk has its text, most likely; whether it is really there is tried out. */
const textMember = /("content": ?")((?:[^"\\]|\\.)*)"/;
/** Stands in for a text. JSON writes it as it is. */
const mark = 'nova-text-here';
/** What a text between the quotes of JSON can hold and does not stand for itself. */
const unplain = /["\\\p{Cc}]/u;
/** What an event is that was added to the chunk before it. */
const added: ParsedChunk = { type: 'unknown' };
/** Longer chunks are no tokens, and rare enough to be parsed; in UTF-16 code units. */
const maxFrameLength = 4096;

/**
 * Creates a parser that knows a chunk again when it differs from the one before in its text only, as nearly all chunks
 * of an answer do: to parse and to write JSON would be most of what a token costs. Its text is taken out of what stands
 * around it; the rest was parsed once. Those that come together become one chunk. Whatever looks otherwise is parsed.
 *
 * `keepsUsage`: the caller asked for usage. Otherwise the null that announces it on every chunk is left out.
 */
export function createChunkParser({ keepsUsage }: { keepsUsage: boolean }): ChunkParser {
  let frame: Frame | undefined;
  let last = '';
  /** In the order of the events. */
  let runs: Run[] = [];
  /** The one that the event before belongs to. */
  let run: Run | undefined;

  const recognize = (data: string): ParsedChunk | undefined => {
    const text = frame && between(data, frame.read);
    const content = text === undefined ? undefined : fromJsonText(text);
    if (!frame || content === undefined) return undefined;
    const json = frame.written.before + text + frame.written.after;
    if (run?.frame === frame) {
      run.texts.push(content);
      run.json.push(json);
      return added;
    }
    const delta = { ...frame.choice.delta, content };
    const chunk = { ...frame.chunk, choices: [{ ...frame.choice, delta }] };
    const next = { frame, chunk, delta, texts: [content], json: [json] };
    runs.push(next);
    // An empty text begins no run: what is added to it would not be passed on.
    run = content === '' ? undefined : next;
    return { type: 'chunk', chunk };
  };

  return {
    parse(data) {
      const known = recognize(data);
      if (known) return known;
      run = undefined;
      const next = toFrame(last, data, keepsUsage);
      frame = next ?? frame;
      last = data.length <= maxFrameLength ? toOwnText(data) : '';
      return (next && recognize(data)) ?? parseChunk(data);
    },
    withJson(chunks) {
      let at = 0;
      const all = chunks.map((chunk) => {
        const known = runs[at];
        if (known?.chunk !== chunk) return { chunk };
        at += 1;
        known.delta.content = known.texts.join('');
        return { chunk, json: known.json };
      });
      runs = [];
      run = undefined;
      chunks.length = 0;
      return all;
    },
  };
}

/** Takes a chunk apart, if the next one is built alike: only then it is worth the trial. */
function toFrame(data: string, next: string, keepsUsage: boolean): Frame | undefined {
  const match = textMember.exec(data);
  if (!match) return undefined;
  const [, opening = '', text = ''] = match;
  const start = match.index + opening.length;
  const read = { before: data.slice(0, start), after: data.slice(start + text.length) };
  if (between(next, read) === undefined) return undefined;
  const parsed = parseChunk(read.before + mark + read.after);
  if (parsed.type !== 'chunk') return undefined;
  const { chunk } = parsed;
  const [choice, ...others] = chunk.choices;
  if (choice?.delta.content !== mark || others.length > 0) return undefined;
  if (chunk.usage === null && !keepsUsage) delete chunk.usage;
  const [before, after, ...more] = JSON.stringify(chunk).split(mark);
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  return { read, written: { before, after }, chunk, choice };
}

function between(data: string, { before, after }: Around): string | undefined {
  const length = data.length - before.length - after.length;
  const end = before.length + length;
  // `startsWith` and `endsWith` take three times as long.
  if (length < 0 || data.slice(0, before.length) !== before || data.slice(end) !== after) return undefined;
  return data.slice(before.length, end);
}

/** Copies a text that is cut out of a longer one, which it would keep alive. */
function toOwnText(text: string): string {
  return Buffer.from(text).toString();
}

/** Gives what a text between the quotes of JSON says; undefined when it is not valid. */
function fromJsonText(text: string): string | undefined {
  if (!unplain.test(text)) return text;
  const value = parseJson(`"${text}"`);
  return typeof value === 'string' ? value : undefined;
}
