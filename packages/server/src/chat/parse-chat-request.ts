import type { ChatRequest } from '@nova-chat/client/protocol';
import type { z } from 'zod';
import { ApiError } from '../errors/api-error.js';
import { maxNesting, nestsDeeper } from '../providers/nests-deeper.js';
import { chatRequestSchema } from './chat-request-schema.js';

type Issue = z.core.$ZodIssue;

/** An issue about a range does not say whether the number had to be whole, and OpenAI's codes do. */
const wholeNumbers = new Set(['n', 'max_tokens', 'max_completion_tokens', 'top_logprobs', 'seed']);

/** OpenAI treats null for each of them as absent; not all providers do. */
const nullable = [
  ...['model', 'user', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'functions', 'function_call'],
  ...['web_search_options', 'prompt_cache_options'],
];

/**
 * Checks a request body and gives it back as it came, unknown members included and these nulls left out. Throws an
 * `ApiError` with status 400 whose `param` names the first member at fault; codes and wording are OpenAI's.
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const result = chatRequestSchema.safeParse(body);
  // The schema covers every member of `ChatRequest` that the server reads.
  if (result.success) return checkNesting(withoutNulls(body as ChatRequest));
  const issue = result.error.issues[0];
  throw issue ? toParameterError(deepest(issue), body) : new TypeError('A failed check has no issue.');
}

/** In place: the body is a request's own. */
function withoutNulls(request: ChatRequest): ChatRequest {
  for (const name of nullable) if (request[name] === null) delete request[name];
  return request;
}

/** Writing it to a provider would fail, and that would count against the provider. */
function checkNesting(request: ChatRequest): ChatRequest {
  for (const [name, value] of Object.entries(request)) {
    if (!nestsDeeper(value, maxNesting)) continue;
    const param = name.slice(0, 100);
    throw badRequest('invalid_value', `Invalid '${param}': nested more than ${maxNesting} levels deep.`, param);
  }
  return request;
}

/** Of a union's branches, the one that got furthest is the one the caller meant. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  let best: Issue = issue;
  for (const branch of issue.errors) {
    const inner = branch[0];
    if (!inner || inner.path.length === 0) continue;
    const candidate = deepest({ ...inner, path: [...issue.path, ...inner.path] });
    if (candidate.path.length > best.path.length) best = candidate;
  }
  return best;
}

function toParameterError(issue: Issue, body: unknown): ApiError {
  const param = toParam(issue.path);
  const value = valueAt(body, issue.path);
  const name = `'${param.slice(0, 100)}'`;
  if (issue.path.length === 0)
    return badRequest('invalid_type', `The body must be a JSON object, not ${kindOf(body)}.`, null);
  if (value === undefined) {
    return badRequest('missing_required_parameter', `Missing required parameter: ${name}.`, param);
  }
  switch (issue.code) {
    case 'invalid_union':
      return toUnionError(issue, { name, param, value });
    case 'invalid_type':
    case 'not_multiple_of': {
      const expected = article(issue.code === 'invalid_type' ? issue.expected : 'int');
      const message = `Invalid type for ${name}: expected ${expected}, but got ${kindOf(value)} instead.`;
      return badRequest('invalid_type', message, param);
    }
    case 'too_small':
    case 'too_big':
      return toRangeError(issue, { name, param, value });
    default:
      return badRequest('invalid_value', `Invalid value for ${name}.`, param);
  }
}

interface Place {
  name: string;
  param: string;
  value: unknown;
}

function toUnionError(issue: Issue & { code: 'invalid_union' }, { name, param, value }: Place): ApiError {
  if (!('discriminator' in issue) || issue.discriminator === undefined) {
    // What each branch wants at this very place; those that fail deeper have been told apart before.
    const wanted = issue.errors.flatMap(([inner]) => (inner?.code === 'invalid_type' ? [article(inner.expected)] : []));
    return badRequest(
      'invalid_type',
      `Invalid type for ${name}: expected ${wanted.join(' or ')}, but got ${kindOf(value)} instead.`,
      param,
    );
  }
  if (typeof value !== 'string') {
    return badRequest(
      'invalid_type',
      `Invalid type for ${name}: expected a string, but got ${kindOf(value)} instead.`,
      param,
    );
  }
  const supported = "'system', 'developer', 'user', 'assistant', 'tool' and 'function'";
  const message = `Invalid value: '${value.slice(0, 50)}'. Supported values are: ${supported}.`;
  return badRequest('unsupported_value', message, param);
}

function toRangeError(issue: Issue & { code: 'too_small' | 'too_big' }, { name, param, value }: Place): ApiError {
  if (issue.origin === 'array') {
    return badRequest('empty_array', `Invalid ${name}: empty array. Expected at least 1 element.`, param);
  }
  const kind = wholeNumbers.has(param) ? 'integer' : 'decimal';
  const say = (words: string, limit: string): string =>
    `Invalid ${name}: ${kind} ${words} value. Expected a value ${limit}, but got ${value} instead.`;
  return issue.code === 'too_small'
    ? badRequest(`${kind}_below_min_value`, say('below minimum', `>= ${issue.minimum}`), param)
    : badRequest(`${kind}_above_max_value`, say('above maximum', `<= ${issue.maximum}`), param);
}

function badRequest(code: string, message: string, param: string | null): ApiError {
  return new ApiError({ status: 400, code, message, param });
}

/** `['messages', 0, 'role']` as `messages[0].role`. */
function toParam(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  // What JSON writes as 1e400.
  if (value === Infinity || value === -Infinity) return 'a number that is too large';
  return article(typeof value);
}

function article(kind: string): string {
  const word = kind === 'int' ? 'integer' : kind === 'record' ? 'object' : kind;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}
