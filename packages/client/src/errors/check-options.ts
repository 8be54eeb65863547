import { invalidOption } from './invalid-option.js';
import { isHeaders } from './is-headers.js';

/** What an option may be: a number of ms, a whole number from 0 or from 1, a share from 0 to 1 … */
export type OptionRule =
  | 'ms'
  | 'whole'
  | 'count'
  | 'share'
  | 'delays'
  | 'function'
  | 'functions'
  | 'object'
  | 'headers'
  | 'text';

const rules: Record<OptionRule, [test: (value: unknown) => boolean, may: string]> = {
  ms: [(value) => typeof value === 'number' && value > 0, 'a number of milliseconds above 0'],
  whole: [(value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number from 0'],
  count: [(value) => Number.isInteger(value) && Number(value) > 0, 'a whole number from 1'],
  share: [(value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1'],
  delays: [
    (value) => Array.isArray(value) && value.every((ms) => typeof ms === 'number' && ms >= 0),
    'a list of milliseconds',
  ],
  function: [(value) => typeof value === 'function', 'a function'],
  functions: [
    (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'function'),
    'a list of functions',
  ],
  object: [(value) => typeof value === 'object' && value !== null, 'an object'],
  headers: [
    (value) => typeof value === 'function' || isHeaders(value),
    'a plain object of header values without line breaks, or a function that gives one',
  ],
  text: [(value) => typeof value === 'string', 'a string'],
};

/**
 * Checks options against a table of rules; those left out are fine. Throws `invalid_option` that names the option and
 * what it may be, also for a name that does not exist.
 */
export function checkOptions(path: string, options: object, table: Record<string, OptionRule>): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!rule) throw invalidOption(path + name, `no option; there are ${Object.keys(table).join(', ')}`, 'is');
    const [test, may] = rules[rule];
    if (value !== undefined && !test(value)) throw invalidOption(path + name, may);
  }
}
