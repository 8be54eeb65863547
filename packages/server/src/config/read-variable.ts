import { ConfigError } from './config-error.js';
import { envVariables } from './env-variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type VariableName = keyof typeof envVariables;
type VariableValue<N extends VariableName> = (typeof envVariables)[N]['default'];

/** An empty variable counts as not set. */
export function isSet(env: Environment, name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}

/** Reads one variable, or its default. Throws a `ConfigError` for a bad value. */
export function readVariable<N extends VariableName>(env: Environment, name: N): VariableValue<N> {
  const variable = envVariables[name];
  if (!isSet(env, name)) return variable.default;
  const parsed = variable.schema.safeParse(env[name]?.trim());
  if (!parsed.success) throw badValue(name, variable.must);
  // The schema's output type is the default's type; the compiler loses that link across the union of variables.
  return parsed.data as VariableValue<N>;
}

/** The value itself is not in the line: it may be a key that was put into the wrong variable. */
function badValue(name: VariableName, must: string): ConfigError {
  return new ConfigError(`${name} must be ${must}, for example ${name}=${envVariables[name].example}`);
}
