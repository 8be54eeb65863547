import { isHeaders, plainHeaders } from './is-headers.js';

/**
 * Tells whether an option may have a value, and says what it may be; `members` checks what is in it first. Nothing here is
 * computed: a bundler keeps what is, also in a page that checks no options.
 */
export type OptionRule = readonly [isAllowed: (value: unknown) => boolean, may: string, members?: OptionRule];

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isNumber = (value: unknown, least: number): boolean => Number(value) >= least && typeof value === 'number';
const isList = (value: unknown, isEntry: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isEntry);
const isCount = (value: unknown, least: number): boolean => Number.isInteger(value) && isNumber(value, least);
const has = (value: unknown, name: string): boolean => isFunction(Object(value)[name]);

/** An http(s) URL, or a path, which has no scheme. */
export const address: OptionRule = [
  // What no URL can be, such as a port over 65535, would be asked again and again.
  (value) =>
    /^(?:https?:\/\/[^/?#@]+(?=\/|$)|(?![^/]*:))[^?#]*$/i.test(String(value)) &&
    URL.canParse(String(value), 'http://a'),
  'an http(s) URL or, in a page, a path; without credentials, query or hash',
];
export const anyFunction: OptionRule = [isFunction, 'a function'];
export const functions: OptionRule = [(value) => isList(value, isFunction), 'a list of functions'];
export const ms: OptionRule = [(value) => isNumber(value, Number.MIN_VALUE), 'a number of milliseconds above 0'];
export const delays: OptionRule = [(value) => isList(value, (delay) => isNumber(delay, 0)), 'a list of milliseconds'];
export const seconds: OptionRule = [(value) => value === false || isNumber(value, 0), 'a number of seconds, or false'];
export const share: OptionRule = [(value) => isNumber(value, 0) && Number(value) <= 1, 'a number from 0 to 1'];
export const fromZero: OptionRule = [(value) => isCount(value, 0), 'a whole number from 0'];
export const fromOne: OptionRule = [(value) => isCount(value, 1), 'a whole number from 1'];
const header: OptionRule = [(value) => isHeaders({ value }), 'a text of Latin-1 without line breaks'];
export const headers: OptionRule = [isHeaders, plainHeaders, header];
export const givenHeaders: OptionRule = [
  (value) => isFunction(value) || isHeaders(value),
  'a plain object of texts without line breaks, or a function that gives one',
  header,
];
export const key: OptionRule = [
  (value) => value === true || isHeaders({ value }),
  'a string without line breaks, or true',
];
export const signal: OptionRule = [(value) => 'aborted' in Object(value), 'an AbortSignal'];
export const transport: OptionRule = [(value) => has(value, 'send'), 'an object with send()'];
export const logger: OptionRule = [
  (value) => has(value, 'debug') && has(value, 'warn'),
  'an object with debug() and warn()',
];
