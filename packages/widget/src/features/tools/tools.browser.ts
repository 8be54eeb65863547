import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { answer, asked, call, clock, endCalls, lines, mount, mounted } from '../../testing/mount-tools-chat.js';
import type { NovaTool } from '../shared/nova-tool.js';

beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted.unmount());

describe('a tool of the page', () => {
  it('runs when the visitor allows it, and the model goes on with what it gave', async () => {
    const run = vi.spyOn(clock, 'run');
    onTestFinished(() => run.mockRestore());
    const { find, transport, settle, chat } = await mount(clock);
    expect(transport.inputs[0]?.tools).toEqual([
      { type: 'function', function: { name: 'clock', parameters: clock.parameters } },
    ]);
    await call('clock', '{"zone": "UTC"}');
    await endCalls();
    await expect.poll(lines).toEqual(['Allow “Look at the clock”?']);
    expect(find('.card pre').textContent).toBe('{\n  "zone": "UTC"\n}');
    expect(run).not.toHaveBeenCalled();
    expect((await axe.run(find('.panel'))).violations).toEqual([]);
    await userEvent.click(find('.strong-button'));
    expect(mounted.focused()).toBe(find('.send'));
    await vi.waitUntil(() => asked() === 2);
    expect(run).toHaveBeenCalledWith({ zone: 'UTC' }, expect.anything());
    expect(transport.inputs[1]?.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call-0', type: 'function', function: { name: 'clock', arguments: '{"zone": "UTC"}' } }],
      },
      { role: 'tool', tool_call_id: 'call-0', content: '{"time":"12:00"}' },
    ]);
    await answer('It is noon.');
    expect(lines()).toEqual(['✓ Look at the clock: done']);
    expect(chat.conversation.getState().messages.map(({ text, status }) => [text, status])).toEqual([
      ['What time is it?', 'complete'],
      ['It is noon.', 'complete'],
    ]);
    await settle();
    chat.send('And now?');
    await vi.waitUntil(() => asked() === 3);
    expect(transport.inputs[2]?.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'user',
    ]);
  });

  it('does not run when the visitor does not want it, and the model is told', async () => {
    const run = vi.fn();
    const { find, transport } = await mount({ ...clock, run });
    await call('clock', '{}');
    await endCalls();
    expect(mounted.findAll('.card pre')).toHaveLength(0);
    await userEvent.click(find('.quiet-button'));
    await vi.waitUntil(() => asked() === 2);
    expect(run).not.toHaveBeenCalled();
    expect(transport.inputs[1]?.messages.at(-1)?.content).toContain('has not allowed');
    expect(lines()).toEqual(['– Look at the clock: not allowed']);
  });

  it.each<[string, NovaTool, string, string]>([
    ['throws', { ...clock, auto: true, run: () => Promise.reject(new Error('no clock')) }, '{}', 'no clock'],
    ['gets arguments that are no JSON', { ...clock, auto: true }, '{"zone', 'no JSON'],
    ['is not there', { ...clock, name: 'watch' }, '{}', 'There is no tool clock'],
  ])('that %s is told as an error', async (_name, tool, json, told) => {
    const { transport } = await mount(tool);
    await call('clock', json);
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(transport.inputs[1]?.messages.at(-1)?.content).toContain(told);
    expect(lines()[0]).toContain('did not work');
  });

  it('is one of several, each of which runs in its turn', async () => {
    const { transport } = await mount({ ...clock, auto: true }, { name: 'b', auto: true, run: () => 'B' });
    await call('clock', '{}');
    await call('b', '', 1);
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(transport.inputs[1]?.messages.slice(-2).map(({ content }) => content)).toEqual(['{"time":"12:00"}', 'B']);
  });

  it('is one of several of a server that gives all of them one index', async () => {
    const { transport, settle } = await mount(
      { ...clock, auto: true, run: () => 'A' },
      { name: 'b', auto: true, run: ({ of }) => of },
    );
    transport.write({ type: 'tool-call-delta', index: 0, id: 'a', name: 'clock', arguments: '{}', choice: 0 });
    transport.write({ type: 'tool-call-delta', index: 0, id: 'b', name: 'b', arguments: '{"of":"B"}', choice: 0 });
    await settle();
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(transport.inputs[1]?.messages.slice(-2).map(({ content }) => content)).toEqual(['A', 'B']);
  });

  it('is stopped with the answer', async () => {
    let signal: AbortSignal | undefined;
    const run: NovaTool['run'] = (_input, context) => {
      signal = context.signal;
      return new Promise(() => {});
    };
    const { chat, settle } = await mount({ ...clock, auto: true, run });
    await call('clock', '{}');
    await endCalls();
    expect(lines()).toEqual(['Look at the clock…']);
    chat.stop();
    await settle();
    expect(signal?.aborted).toBe(true);
    expect(chat.conversation.getState().messages.at(-1)?.status).toBe('aborted');
    expect(asked()).toBe(1);
  });

  it('that goes on after the answer was stopped asks nobody any more', async () => {
    const late = Promise.withResolvers<void>();
    const asked = vi.fn();
    const run: NovaTool['run'] = async (_input, { ask }) => {
      await late.promise;
      asked(await ask({ title: 'How long?', fields: [{ name: 'hours', label: 'Hours' }] }));
    };
    const { chat, findAll, settle } = await mount({ ...clock, auto: true, run });
    await call('clock', '{}');
    await endCalls();
    await expect.poll(lines).toEqual(['Look at the clock…']);
    chat.stop();
    await settle();
    late.resolve();
    await vi.waitFor(() => expect(asked.mock.calls).toEqual([[undefined]]));
    await settle();
    expect(findAll('.card')).toEqual([]);
  });

  it('is not asked for without end', async () => {
    const { chat } = await mount({ ...clock, auto: true });
    for (let round = 1; round <= 8; round += 1) {
      await call('clock', '{}');
      await endCalls();
    }
    await vi.waitUntil(() => !chat.conversation.getState().live);
    expect(asked()).toBe(8);
    expect(chat.conversation.getState().messages.at(-1)).toMatchObject({
      status: 'failed',
      error: { code: 'stream_error' },
    });
  });
});

describe('what a tool shows', () => {
  it('is a form, whose values it gets', async () => {
    const run: NovaTool['run'] = (_input, { ask }) =>
      ask({
        title: 'Your booking',
        fields: [
          { name: 'mail', label: 'E-mail', type: 'email', required: true },
          { name: 'day', label: 'Day', type: 'select', options: ['Monday', 'Friday'] },
          { name: 'note', label: 'Note', type: 'textarea' },
        ],
      });
    const { find, findAll, transport } = await mount({ name: 'book', auto: true, run });
    await call('book', '{}');
    await endCalls();
    expect((await axe.run(find('.panel'))).violations).toEqual([]);
    await userEvent.click(find('.strong-button'));
    expect(asked()).toBe(1);
    await userEvent.fill(page.getByRole('textbox', { name: 'E-mail' }), 'ada@example.com');
    await userEvent.selectOptions(find<HTMLSelectElement>('.card select'), 'Friday');
    await userEvent.click(find('.strong-button'));
    await vi.waitUntil(() => asked() === 2);
    expect(transport.inputs[1]?.messages.at(-1)?.content).toBe('{"mail":"ada@example.com","day":"Friday","note":""}');
    expect(findAll('.card')).toHaveLength(0);
    expect(mounted.focused()).toBe(find('.send'));
  });

  it('is a card of plain text, with a link that is shown with its host and replies that ask', async () => {
    const run: NovaTool['run'] = (_input, { show }) => {
      show({
        title: 'Order <b>7</b>',
        text: 'On its way',
        facts: [{ label: 'Price', value: '€ 20' }],
        link: { label: 'Track', href: 'https://post.example/7' },
        replies: ['When will it come?'],
      });
      return 'shown';
    };
    const { find, findAll, transport, settle } = await mount({ name: 'order', auto: true, run });
    await call('order', '{}');
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    await answer('Here it is.');
    expect(find('.card h3').textContent).toBe('Order <b>7</b>');
    expect(find('.card dl').innerText.replace(/\s+/g, ' ')).toBe('Price € 20');
    expect(find('.card a').innerText).toContain('post.example');
    expect((await axe.run(find('.panel'))).violations).toEqual([]);
    await userEvent.click(find('.card .starter'));
    await settle();
    expect(transport.inputs.at(-1)?.messages.at(-1)?.content).toBe('When will it come?');
    expect(findAll('.card')).toHaveLength(1);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x'])('has no link to %s', async (href) => {
    const run: NovaTool['run'] = (_input, { show }) => show({ link: { label: 'Click', href } });
    await mount({ name: 'order', auto: true, run });
    await call('order', '{}');
    await endCalls();
    await vi.waitUntil(() => asked() === 2);
    expect(mounted.findAll('.card a')).toHaveLength(0);
  });
});
