import { writeJson } from '../protocol/write-json.js';
import { NovaError } from './nova-error.js';

/** Writes what is sent. Throws `invalid_option` about what JSON cannot hold, such as a circle: asking again is no cure. */
export function writeBody(body: unknown): string {
  try {
    return writeJson(body);
  } catch (cause) {
    throw new NovaError({ code: 'invalid_option', message: `The request is no JSON: ${cause}`, cause });
  }
}
