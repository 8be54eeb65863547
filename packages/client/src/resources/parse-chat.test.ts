import { describe, expect, it } from 'vitest';
import { jsonAnswer, openClient, question } from '../test-support/open-client.js';
import type { StandardSchema } from './parse-chat.js';

describe('chat.parse', () => {
  const answer = jsonAnswer({ choices: [{ message: { content: '5' }, finish_reason: 'stop' }] });
  const toSchema = (input: () => Record<string, unknown>): StandardSchema<unknown> => ({
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }), jsonSchema: { input } },
  });
  const cannotSay = (): never => {
    throw new Error('a date is no JSON Schema');
  };

  it.each([
    ['fits', '{"city":"Rome"}', { parsed: 'Rome' }],
    ['fits in a fence', '```json\n{"city":"Rome"}\n```', { parsed: 'Rome' }],
    ['is blanks in a fence', `\`\`\`${' '.repeat(100_000)}x`, 'is not JSON'],
    ['does not fit', '{"city":5}', 'does not fit the schema at "city"'],
    ['is no JSON', 'secret', 'is not JSON'],
    ['was cut', '{"ci', 'was cut at its limit of tokens', 'length'],
  ])('reads an answer that %s', async (_, content, expected, reason = 'stop') => {
    const { nova, requests } = openClient([jsonAnswer({ choices: [{ message: { content }, finish_reason: reason }] })]);
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => {
          const { city } = value as { city: unknown };
          return typeof city === 'string' ? { value: city } : { issues: [{ path: ['city'] }] };
        },
        jsonSchema: { input: () => ({ type: 'object' }) },
      },
    };
    const parsed = nova.chat.parse(question, schema);
    if (typeof expected === 'string') {
      const error = await parsed.catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'invalid_response', partial: { choices: [{ message: { content } }] } });
      expect(String(error)).toContain(expected);
      expect(String(error)).not.toContain('secret');
    } else expect(await parsed).toMatchObject(expected);
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema: { type: 'object' } },
    });
  });

  it.each([
    ['a JSON Schema', { type: 'object', properties: {} }],
    ['nothing', undefined],
    ['null', null],
    ['a validator of before the standard', { parse: () => 5 }],
  ])('says what a schema is when it is given %s, and asks nothing', async (_, given) => {
    const { nova, requests } = openClient([answer]);
    const parsed = nova.chat.parse(question, given as unknown as StandardSchema<unknown>);
    await expect(parsed).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^Option schema must be .*Standard Schema/),
    });
    expect(requests).toHaveLength(0);
  });

  it('asks for any JSON when the schema cannot be said', async () => {
    const { nova, requests } = openClient([answer]);
    expect(await nova.chat.parse(question, toSchema(cannotSay))).toMatchObject({ parsed: 5 });
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({ type: 'json_object' });
  });

  it('leaves a response_format as it was given', async () => {
    const { nova, requests } = openClient([answer]);
    const given = { ...question, response_format: { type: 'text' as const } };
    await nova.chat.parse(given, toSchema(cannotSay));
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({ type: 'text' });
  });
});
