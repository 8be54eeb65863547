import { isHeaders, plainHeaders } from './is-headers.js';

/** Tells whether an option may have a value, and says what it may be. */
export type OptionRule = readonly [isAllowed: (value: unknown) => boolean, may: string];

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isNumber = (value: unknown, least: number): boolean => Number(value) >= least && typeof value === 'number';
const isList = (value: unknown, isEntry: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isEntry);
const createCountRule = (least: number): OptionRule => [
  (value) => Number.isInteger(value) && isNumber(value, least),
  `a whole number from ${least}`,
];

/** An http(s) URL, or a path, which has no scheme. */
export const address: OptionRule = [
  (value) => /^(?:https?:\/\/[^/?#@]+(?=\/|$)|(?![^/]*:))[^?#]*$/i.test(String(value)),
  'an http(s) URL or, in a page, a path; without credentials, query or hash',
];
export const anyFunction: OptionRule = [isFunction, 'a function'];
export const functions: OptionRule = [(value) => isList(value, isFunction), 'a list of functions'];
export const ms: OptionRule = [(value) => isNumber(value, Number.MIN_VALUE), 'a number of milliseconds above 0'];
export const delays: OptionRule = [(value) => isList(value, (delay) => isNumber(delay, 0)), 'a list of milliseconds'];
export const seconds: OptionRule = [(value) => value === false || isNumber(value, 0), 'a number of seconds, or false'];
export const share: OptionRule = [(value) => isNumber(value, 0) && Number(value) <= 1, 'a number from 0 to 1'];
export const fromZero: OptionRule = createCountRule(0);
export const fromOne: OptionRule = createCountRule(1);
export const headers: OptionRule = [isHeaders, plainHeaders];
export const givenHeaders: OptionRule = [
  (value) => isFunction(value) || isHeaders(value),
  `${plainHeaders}, or a function that gives one`,
];
export const key: OptionRule = [
  (value) => value === true || isHeaders({ value }),
  'a string without line breaks, or true',
];
export const signal: OptionRule = [(value) => 'aborted' in Object(value), 'an AbortSignal'];

/** An object with these functions. */
export function having(...names: string[]): OptionRule {
  return [
    (value) => names.every((name) => isFunction(Object(value)[name])),
    `an object with ${names.map((name) => `${name}()`).join(' and ')}`,
  ];
}
