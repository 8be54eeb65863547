import { invalidOption } from './invalid-option.js';
import type { OptionRule } from './option-rules.js';

/** The options that there are; a table stands for an object of options. */
export interface OptionTable {
  readonly [name: string]: OptionRule | OptionTable;
}

/**
 * Checks options against a table; those left out are fine. Throws `invalid_option` that names the option and what it
 * may be, also for a name that does not exist.
 */
export function checkOptions(options: unknown, table: OptionTable, path: string = ''): void {
  checkObject(options, path.slice(0, -1) || 'options');
  for (const [name, value] of Object.entries(Object(options))) {
    const at = path + name;
    const rule = Object.hasOwn(table, name) && table[name];
    if (!rule) throw invalidOption(at, `no option; there are ${Object.keys(table).join(', ')}`, 'is');
    if (value === undefined) continue;
    if (isRule(rule)) {
      const [isAllowed, may, members] = rule;
      if (isAllowed(value)) continue;
      if (members && !(Symbol.iterator in Object(value))) checkMembers(value, members, at);
      throw invalidOption(at, may);
    } else checkOptions(value, rule, `${at}.`);
  }
}

/** Checks that there is something to take options from. Throws `invalid_option`. */
export function checkObject(value: unknown, name: string): void {
  if (Object(value) !== value) throw invalidOption(name, 'an object');
}

function checkMembers(value: unknown, [isAllowed, may]: OptionRule, at: string): void {
  const wrong = Object.entries(Object(value)).find(([, member]) => !isAllowed(member));
  if (wrong) throw invalidOption(`${at}.${wrong[0]}`, may);
}

function isRule(rule: OptionRule | OptionTable): rule is OptionRule {
  return Array.isArray(rule);
}
