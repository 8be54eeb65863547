import type { NovaTool } from '../shared/nova-tool.js';

/** What is wrong with what a model has written, and where: `items.0.count`, or blank for all of it. */
export interface InputIssue {
  path: string;
  message: string;
}

export type CheckedInput = { value: unknown } | { issues: readonly InputIssue[] };

/** More does not help a model. */
const maxIssues = 10;

/**
 * Holds an input against the `schema` of a tool and gives what the schema makes of it; without one, against `parameters`.
 * Rejects when a schema is not valid.
 */
export async function checkInput(value: unknown, { schema, parameters }: NovaTool): Promise<CheckedInput> {
  if (schema) {
    const result = await schema['~standard'].validate(value);
    if (!result.issues) return { value: result.value };
    return {
      issues: result.issues.slice(0, maxIssues).map(({ path = [], message }) => ({ path: toPath(path), message })),
    };
  }
  if (!parameters) return { value };
  const { Validator } = await import('@cfworker/json-schema');
  const { valid, errors } = new Validator(toBare(parameters) as object, '2020-12', false).validate(toBare(value));
  if (valid) return { value };
  const issues = errors.map(({ instanceLocation, error }) => ({
    path: instanceLocation.split('/').slice(1).map(decodePointer).join('.'),
    message: error,
  }));
  // What holds a wrong value is told to be wrong as well.
  const leaves = issues.filter(
    ({ path }, index) => !issues.slice(index + 1).some((other) => isWithin(other.path, path)),
  );
  return { issues: leaves.slice(0, maxIssues) };
}

const toPath = (path: readonly (PropertyKey | { key: PropertyKey })[]): string =>
  path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');

const decodePointer = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

const isWithin = (inner: string, outer: string): boolean =>
  inner !== outer && (outer === '' || inner.startsWith(`${outer}.`));

/** Copies without prototypes: what a page has added to those of all objects is no part of an input. */
function toBare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBare);
  if (typeof value !== 'object' || value === null) return value;
  const bare: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(value)) bare[key] = toBare(member);
  return bare;
}
