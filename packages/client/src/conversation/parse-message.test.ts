import { describe, expect, it } from 'vitest';
import { createMessage } from './conversation-message.js';
import { parseMessage } from './parse-message.js';

const base = { id: 'm1', role: 'assistant', status: 'complete', createdAt: 1, text: 'So.' } as const;

describe('parseMessage', () => {
  it('gives a message back as it was', () => {
    const message = createMessage({
      ...base,
      citations: [{ url: 'https://a.test/', title: 'A', start_index: 0, end_index: 3, content: 'c' }],
      attachments: [
        { type: 'image', name: 'a.png', url: 'data:image/png;base64,AA==' },
        { type: 'text', name: 'a.txt', text: 'A' },
      ],
      toolSteps: [{ id: 't', name: 'find', arguments: '{}', status: 'done', result: '1' }],
      reasoning: 'Hm.',
      providerSwitch: { from: 'a', to: 'b', reason: 'idle_timeout' },
      suggestions: ['And?'],
      finishReason: 'stop',
      error: { code: 'overloaded', message: 'Later.', retryable: false, status: 529 },
    });
    expect(parseMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it.each<[name: string, value: unknown]>([
    ['nothing', null],
    ['a text', 'hello'],
    ['a list', [base]],
    ['another role', { ...base, role: 'system' }],
    ['another status', { ...base, status: 'hacked' }],
    ['no id', { ...base, id: undefined }],
    ['a number as an id', { ...base, id: 3 }],
    ['no time', { ...base, createdAt: '2026' }],
    ['a time that no date has', { ...base, createdAt: 1e20 }],
  ])('takes %s for no message', (_name, value) => {
    expect(parseMessage(value)).toBeUndefined();
  });

  it.each<[name: string, more: object, kept: object]>([
    ['a text that is none', { text: { toString: 'x' } }, { text: '' }],
    ['lists that are none', { citations: 'x', attachments: 3, toolSteps: null }, { citations: [], attachments: [] }],
    ['a citation without an address', { citations: [{ title: 'A' }, null, 3] }, { citations: [] }],
    [
      'a citation with a thing as its title',
      { citations: [{ url: 'u', title: {} }] },
      { citations: [{ url: 'u', title: '' }] },
    ],
    [
      'an image that runs',
      { attachments: [{ type: 'image', name: 'x', url: 'javascript:alert(1)' }] },
      { attachments: [] },
    ],
    [
      'an image of a page',
      { attachments: [{ type: 'image', name: 'x', url: 'data:text/html,x' }] },
      { attachments: [] },
    ],
    [
      'a tool of an unknown state',
      { toolSteps: [{ id: 'a', name: 'b', arguments: '', status: 'go' }] },
      { toolSteps: [] },
    ],
    ['a change of provider without names', { providerSwitch: { from: {} } }, { providerSwitch: undefined }],
    ['that another page found itself offline', { error: { code: 'offline' } }, { error: { code: 'connection_error' } }],
    ['an error without a code', { error: { message: 'x' } }, { error: undefined }],
    ['suggestions that are no texts', { suggestions: ['a', {}, 3] }, { suggestions: ['a'] }],
  ])('leaves out %s', (_name, more, kept) => {
    expect(parseMessage({ ...base, ...more })).toMatchObject(kept);
  });

  it('lets no stored member reach a prototype', () => {
    const text = `{"id":"m","role":"user","status":"complete","createdAt":1,"text":"a","__proto__":{"polluted":1},
      "constructor":{"prototype":{"polluted":1}},"evil":1,"error":{"code":"x","__proto__":{"polluted":1}}}`;
    const message = parseMessage(JSON.parse(text));
    expect(message).toBeDefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get(message ?? {}, 'polluted')).toBeUndefined();
    expect(Object.keys(message ?? {})).not.toContain('evil');
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
  });
});
