import { maxNesting, nestsDeeper } from '../nests-deeper.js';
import { parseJson } from './json-value.js';

/** ES2027; the types of this TypeScript do not have them yet. */
const json = JSON as unknown as {
  parse(text: string, reviver: (name: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): object;
};

/**
 * Parses JSON that is only written again: numbers that no `number` can hold, such as long ids, stay as they are written.
 * Undefined when the text is no JSON, or nested so deeply that it cannot be written again.
 */
export function parseExactJson(text: string): unknown {
  const value = parseJson(text);
  if (nestsDeeper(value, maxNesting)) return undefined;
  if (typeof value !== 'object' || !/\d{16}/.test(text)) return value;
  return json.parse(text, (_name, part, { source }) => {
    const isExact = typeof part !== 'number' || source === undefined || String(part) === source;
    return isExact ? part : json.rawJSON(source);
  });
}
