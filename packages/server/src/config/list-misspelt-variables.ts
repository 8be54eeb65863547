import { envVariables } from './env-variables.js';
import { type Environment, isSet } from './read-variable.js';

/** Shorter names, as `HOST`, are one letter away from those of other programs. */
const minLength = 8;

/** Names what is set and was probably meant for this server, a line each, when the variable that it means is not set. */
export function listMisspeltVariables(env: Environment = process.env): string[] {
  const missing = Object.keys(envVariables).filter((name) => name.length >= minLength && !isSet(env, name));
  return Object.keys(env)
    .filter((name) => !Object.hasOwn(envVariables, name) && isSet(env, name))
    .flatMap((name) => {
      const meant = missing.filter((known) => isSlip(name, known) || lacksWords(name, known));
      // `API_KEY` could be the key of anybody.
      return meant.length === 1 ? [`${name} changes nothing; did you mean ${meant[0]}?`] : [];
    });
}

/** One letter more, less or other, two that have changed places, or another way to write the name. */
function isSlip(name: string, known: string): boolean {
  if (name.toUpperCase().replaceAll('_', '') === known.replaceAll('_', '')) return true;
  const start = countSame(name, known);
  const end = countSame([...name].reverse().join(''), [...known].reverse().join(''));
  const [shorter, longer] = [name.length, known.length].sort((a, b) => a - b) as [number, number];
  if (longer - shorter > 1) return false;
  const isSwapped = name.length === known.length && start + end === longer - 2 && isTurned(name, known, start);
  return start + end >= longer - 1 || isSwapped;
}

function countSame(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function isTurned(a: string, b: string, at: number): boolean {
  return a[at] === b[at + 1] && a[at + 1] === b[at];
}

/** `OPENAI_KEY` for `OPENAI_API_KEY`. */
function lacksWords(name: string, known: string): boolean {
  const words = name.split('_');
  const all = known.split('_');
  return words.length > 1 && words.length < all.length && words.every((word) => all.includes(word));
}
