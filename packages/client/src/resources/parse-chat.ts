import type { CallOptions } from '../client-options.js';
import { NovaError } from '../errors/nova-error.js';
import { invalidOption } from '../options/invalid-option.js';
import type { ChatCompletion, ChatRequest, ResponseFormat } from '../protocol/index.js';
import { parseJson } from '../protocol/parse-json.js';

/** The part of Standard Schema (https://standardschema.dev) that is used here. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): SchemaResult<T> | Promise<SchemaResult<T>>;
    /** Standard JSON Schema, where the validator has it. */
    readonly jsonSchema?: { input(options: { target: string }): Record<string, unknown> } | undefined;
  };
}

type SchemaResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly path?: readonly unknown[] | undefined }[] };

/** An answer and its value. */
export interface ParsedCompletion<T> {
  parsed: T;
  completion: ChatCompletion;
}

interface ParseCall<T> {
  request: ChatRequest;
  schema: StandardSchema<T>;
  options: CallOptions | undefined;
}

/** Asks for JSON of a schema and checks what came. */
export async function parseChat<T>(
  create: (request: ChatRequest, options?: CallOptions) => Promise<ChatCompletion>,
  { request, schema, options }: ParseCall<T>,
): Promise<ParsedCompletion<T>> {
  const standard = schema?.['~standard'];
  if (!standard)
    throw invalidOption('schema', 'one of a validator that follows Standard Schema, such as zod or valibot');
  const completion = await create(
    { ...request, response_format: request?.response_format ?? toFormat(standard) },
    options,
  );
  const fail = (message: string): NovaError =>
    new NovaError({ code: 'invalid_response', message, partial: completion });
  const [choice] = completion.choices;
  const { content, refusal } = choice?.message ?? {};
  if (refusal) throw fail('The model refused to answer.');
  // Models without a JSON mode like to put it into a fence.
  const value = parseJson((content ?? '').trim().replace(/^```(?:json)?([\s\S]*)```$/, '$1'));
  if (value === undefined && choice?.finish_reason === 'length')
    throw fail('The answer is not JSON: it was cut at its limit of tokens (finish_reason "length").');
  if (value === undefined) throw fail('The answer is not JSON.');
  const result = await standard.validate(value);
  if (!result.issues) return { parsed: result.value, completion };
  const [issue] = result.issues;
  throw fail(`The answer does not fit the schema at "${(issue?.path ?? []).map(toKey).join('.')}".`);
}

function toFormat({ jsonSchema }: StandardSchema<unknown>['~standard']): ResponseFormat {
  try {
    // The model writes what the schema takes in.
    const schema = jsonSchema?.input({ target: 'draft-2020-12' });
    if (schema) return { type: 'json_schema', json_schema: { name: 'answer', schema } };
  } catch {
    // Not each schema can be said as JSON Schema; the answer is checked either way.
  }
  return { type: 'json_object' };
}

/** A step of a path is a key, or an object that holds one. */
function toKey(step: unknown): string {
  return String(Object(step).key ?? step);
}
