import { NovaError } from '../errors/nova-error.js';

/** Creates the error of an option with a value that it cannot have. */
export function invalidOption(name: string, may: string, verb: string = 'must be'): NovaError {
  return new NovaError({ code: 'invalid_option', message: `Option ${name} ${verb} ${may}.` });
}
