import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { asked, call, clock, endCalls, lines, mount, mounted } from '../../testing/mount-tools-chat.js';
import type { NovaSchema, NovaTool } from '../shared/nova-tool.js';

beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted.unmount());

describe('the arguments of a tool', () => {
  const reported: string[] = [];
  const onError = (event: ErrorEvent): void => {
    event.preventDefault();
    reported.push(String(event.message));
  };
  beforeEach(() => {
    reported.length = 0;
    addEventListener('error', onError);
  });
  afterEach(() => removeEventListener('error', onError));

  it('that are not as its parameters say are told to the model and the console, and nobody is asked', async () => {
    const run = vi.fn(() => 'It is noon.');
    const parameters = { ...clock.parameters, required: ['zone'] };
    const { transport } = await mount({ ...clock, parameters, run });
    await call('clock', '{"zone": 7}');
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(run).not.toHaveBeenCalled();
    expect(JSON.parse(String(transport.inputs[1]?.messages.at(-1)?.content))).toEqual({
      error: 'The arguments of clock are wrong. zone: Instance type "number" is invalid. Expected "string".',
      issues: [{ path: 'zone', message: 'Instance type "number" is invalid. Expected "string".' }],
    });
    expect(reported).toHaveLength(1);
    expect(reported[0]).toContain('the tool "clock" with wrong arguments. zone: ');
    expect(lines()).toEqual(['! Look at the clock: did not work']);
    // The model does better.
    await call('clock', '{"zone": "UTC"}');
    await endCalls();
    await userEvent.click(mounted.find('.strong-button'));
    await vi.waitUntil(() => asked() === 3);
    expect(run).toHaveBeenCalledOnce();
  });

  it('go through its schema, whose JSON Schema the model is told', async () => {
    const run = vi.fn((_input: { zone: string }) => 'It is noon.');
    const schema: NovaSchema<{ zone: string }> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => ({ value: { zone: String((value as { zone: unknown }).zone).toUpperCase() } }),
        jsonSchema: { input: () => ({ $schema: 'x', type: 'object', properties: { zone: { type: 'string' } } }) },
      },
    };
    const tool: NovaTool<{ zone: string }> = { name: 'clock', auto: true, schema, run };
    const { transport } = await mount(tool);
    expect(transport.inputs[0]?.tools).toEqual([
      { type: 'function', function: { name: 'clock', parameters: clock.parameters } },
    ]);
    await call('clock', '{"zone": "utc"}');
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(run).toHaveBeenCalledWith({ zone: 'UTC' }, expect.anything());
  });

  it('fail with a schema that fails, and the console says of which tool', async () => {
    const parameters = { type: 'object', properties: { zone: { type: 'string', pattern: '(' } } };
    const { transport } = await mount({ ...clock, auto: true, parameters });
    await call('clock', '{"zone": "UTC"}');
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(transport.inputs[1]?.messages.at(-1)?.content).toBe('{"error":"clock cannot be used at the moment."}');
    expect(reported[0]).toContain('"clock"');
  });

  it('are shown to the visitor with all that has no shape of its own, and each text for itself', async () => {
    await mount({ ...clock, label: 'Pay' });
    const zone = 'safe\u202egnp.exe\u2066\u200b\u00ad\u{e0041}שלום';
    await call('clock', JSON.stringify({ zone, amount: 5 }));
    await endCalls();
    const shown = mounted.find('.card pre');
    expect(shown.textContent).toBe(
      '{\n  "zone": "safe\\u202egnp.exe\\u2066\\u200b\\u00ad\\udb40\\udc41שלום",\n  "amount": 5\n}',
    );
    expect(JSON.parse(shown.textContent)).toEqual({ zone, amount: 5 });
    expect([...shown.querySelectorAll('bdi')].map(({ textContent }) => textContent?.slice(0, 5))).toEqual([
      '"zone',
      '"safe',
      '"amou',
    ]);
  });
});
