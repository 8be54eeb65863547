import { isRecord } from '../shared/json-value.js';

/** Members of a schema that hold one schema, a list of them, or schemas by name. */
const nested = new Set(['items', 'anyOf', 'allOf', 'oneOf', 'not', 'prefixItems']);
const named = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** Constraints that structured outputs refuse with 400; they stay readable for the model in the description. */
const refused = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'default',
]);
const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']);

/**
 * Converts a JSON Schema to the part of it that structured outputs take
 * (https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations): objects are
 * closed, `oneOf` becomes `anyOf`, and constraints that are refused move into `description`.
 */
export function toAnthropicSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const hints: string[] = [];
  for (const [member, value] of Object.entries(schema)) {
    if (member === '$schema') continue;
    if (isRefused(member, value)) hints.push(`${member}: ${JSON.stringify(value)}`);
    else if (nested.has(member)) result[member === 'oneOf' ? 'anyOf' : member] = convertNested(value);
    else if (named.has(member) && isRecord(value)) result[member] = convertNamed(value);
    else result[member] = value;
  }
  if (isObject(schema)) result['additionalProperties'] = false;
  if (hints.length > 0) {
    const { description } = schema;
    const said = typeof description === 'string' && description ? `${description} ` : '';
    result['description'] = `${said}(${hints.join(', ')})`;
  }
  return result;
}

function isObject({ type, properties }: Record<string, unknown>): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || isRecord(properties);
}

/** Tells whether a schema has objects with members that it does not name; closed, they would have to be empty. */
export function hasOpenObjects(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasOpenObjects);
  if (!isRecord(schema)) return false;
  const { additionalProperties: others, patternProperties: patterns, properties } = schema;
  if (isObject(schema) && (others || patterns || (others !== false && !isRecord(properties)))) return true;
  return Object.entries(schema).some(([member, value]) =>
    named.has(member) && isRecord(value)
      ? Object.values(value).some(hasOpenObjects)
      : nested.has(member) && hasOpenObjects(value),
  );
}

function isRefused(member: string, value: unknown): boolean {
  if (member === 'minItems') return Number(value) > 1;
  if (member === 'format') return typeof value === 'string' && !formats.has(value);
  return refused.has(member);
}

function convertNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convertNested);
  return isRecord(value) ? toAnthropicSchema(value) : value;
}

function convertNamed(schemas: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convertNested(schema)]));
}
