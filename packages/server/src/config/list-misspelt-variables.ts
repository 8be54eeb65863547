import { measureDistance } from '../measure-distance.js';
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

/** One letter that is wrong, or another way to write the name. */
function isSlip(name: string, known: string): boolean {
  const isSame = name.toUpperCase().replaceAll('_', '') === known.replaceAll('_', '');
  return isSame || measureDistance(name, known) === 1;
}

/** `OPENAI_KEY` for `OPENAI_API_KEY`. */
function lacksWords(name: string, known: string): boolean {
  const words = name.split('_');
  const all = known.split('_');
  return words.length > 1 && words.length < all.length && words.every((word) => all.includes(word));
}
