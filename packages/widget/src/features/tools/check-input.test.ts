import { describe, expect, it } from 'vitest';
import type { NovaSchema, NovaTool } from '../shared/nova-tool.js';
import { checkInput } from './check-input.js';

const toTool = (parts: Partial<NovaTool>): NovaTool => ({ name: 'order', run: () => '', ...parts });

const parameters = {
  type: 'object',
  properties: {
    number: { type: 'string', pattern: '^\\d+$' },
    size: { enum: ['s', 'm'] },
    items: { type: 'array', items: { type: 'object', properties: { 'a/b': { type: 'integer' } }, required: ['a/b'] } },
    'to.whom': { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
  required: ['number'],
  additionalProperties: false,
};

describe('parameters', () => {
  it.each<[unknown, string[]]>([
    [{ number: '17' }, []],
    [{ number: '17', size: 's', items: [{ 'a/b': 1 }], 'to.whom': null }, []],
    [{}, [': Instance does not have required property "number".']],
    [{ number: 17 }, ['number: Instance type "number" is invalid. Expected "string".']],
    [{ number: 'x' }, ['number: String does not match pattern.']],
    [{ number: '1', size: 'xl' }, ['size: Instance does not match any of ["s","m"].']],
    [
      { number: '1', items: [{ 'a/b': 1 }, { 'a/b': 1.5 }] },
      ['items.1.a/b: Instance type "number" is invalid. Expected "integer".'],
    ],
    [{ number: '1', items: [{}] }, ['items.0: Instance does not have required property "a/b".']],
    [{ number: '1', extra: 1 }, ['extra: False boolean schema.']],
    ['text', [': Instance type "string" is invalid. Expected "object".']],
    [null, [': Instance type "null" is invalid. Expected "object".']],
    [
      { number: '1', ['__proto__' as string]: 1, toString: 1 },
      ['__proto__: False boolean schema.', 'toString: False boolean schema.'],
    ],
  ])('of %j', async (value, expected) => {
    const checked = await checkInput(value, toTool({ parameters }));
    const issues = 'issues' in checked ? checked.issues : [];
    const told = issues.map(({ path, message }) => `${path}: ${message}`);
    expect(told).toEqual(expected);
    if (expected.length === 0) expect(checked).toEqual({ value });
  });

  it('that say nothing take all', async () => {
    expect(await checkInput(3, toTool({}))).toEqual({ value: 3 });
    expect(await checkInput(3, toTool({ parameters: {} }))).toEqual({ value: 3 });
  });

  it('are told to be wrong when they are', async () => {
    const tool = toTool({ parameters: { type: 'object', properties: { a: { type: 'string', pattern: '(' } } } });
    await expect(checkInput({ a: 'x' }, tool)).rejects.toThrow();
  });

  it('see nothing of what a page has added to all objects', async () => {
    Object.assign(Object.prototype, { added: () => 1 });
    try {
      expect(await checkInput({ number: '1' }, toTool({ parameters }))).toEqual({ value: { number: '1' } });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'added');
    }
  });
});

describe('a schema', () => {
  const schema: NovaSchema<{ day: Date }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: async (value) => {
        const { day } = value as { day: string };
        if (Number.isNaN(Date.parse(day))) return { issues: [{ message: 'No date', path: ['visits', { key: 0 }] }] };
        return { value: { day: new Date(day) } };
      },
    },
  };

  it('gives what it makes of an input', async () => {
    expect(await checkInput({ day: '2026-11-21' }, toTool({ schema }))).toEqual({
      value: { day: new Date('2026-11-21') },
    });
  });

  it('says what is wrong, and is asked in the place of the parameters', async () => {
    expect(await checkInput({ day: 'soon' }, toTool({ schema, parameters: {} }))).toEqual({
      issues: [{ path: 'visits.0', message: 'No date' }],
    });
  });
});
