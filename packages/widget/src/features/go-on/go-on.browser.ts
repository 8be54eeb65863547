import { type ConversationEvent, createConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { HandWrittenTransport } from '../../testing/hand-written-transport.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';
import { beginAfresh, leave, leaveAndReturn } from '../../testing/mount-kept-chat.js';
import { RememberingServer } from '../../testing/remembering-server.js';
import type { FeatureModule } from '../feature.js';
import { type FeatureEntry, featureList } from '../feature-list.js';

let mounted: AnsweredChat;
beforeEach(async () => {
  await page.viewport(800, 700);
  mounted = await mountAnsweredChat();
  await mounted.ask('When do you open?');
  mounted.transport.say('The shop opens at nine in the morning. On Sundays it is clos');
});
afterEach(() => mounted.unmount());

const goOn = (): Promise<HTMLElement> => mounted.when('[part=go-on]');
const last = () => mounted.chat.conversation.getState().messages.at(-1);

async function click(): Promise<void> {
  const asked = mounted.transport.inputs.length;
  await userEvent.click(await goOn());
  await vi.waitFor(() => expect(mounted.transport.inputs).toHaveLength(asked + 1));
  await mounted.settle();
}

describe('an answer that was cut off', () => {
  it.each<[string, () => void]>([
    ['by the network', () => mounted.transport.write({ type: 'end', outcome: 'truncated' })],
    ['by a failure', () => mounted.transport.fail('stream_error')],
    ['by the visitor', () => mounted.chat.stop()],
    [
      'at its longest length',
      () => mounted.transport.write({ type: 'end', outcome: 'complete', finishReason: 'length' }),
    ],
  ])('%s goes on where it was, and says nothing twice', async (_, cut) => {
    cut();
    await mounted.settle();
    await goOn();
    expect(await axeViolations(mounted.chat)).toEqual([]);
    await click();
    expect(mounted.texts().at(-1)).toContain('On Sundays it is clos');
    expect(mounted.focused()?.getAttribute('part')).toBe('send');
    const messages = mounted.transport.inputs[1]?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('The shop opens at nine in the morning. On Sundays it is clos');
    expect(messages[2]?.content).toContain('On Sundays it is clos"');
    for (const piece of ['On Sun', 'days it is', ' closed.']) mounted.transport.say(piece);
    await mounted.answer();
    expect(last()).toMatchObject({
      status: 'complete',
      text: 'The shop opens at nine in the morning. On Sundays it is closed.',
    });
    expect(mounted.findAll('[part=go-on]')).toEqual([]);
    // What is asked next is asked as ever.
    await mounted.ask('And on Mondays?');
    expect(mounted.transport.inputs[2]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  it.each([
    ['a part of a short word', 'I like the re', 're are many', 'I like the re are many'],
    ['a short word', 'He said no', 'no way', 'He said no way'],
    ['what is said twice', 'It is very', ' very good', 'It is very very good'],
    [
      'a second beginning',
      'Open from nine to five.',
      'Open from nine to five daily.',
      'Open from nine to five.\n\nOpen from nine to five daily.',
    ],
  ])('joins %s as a reader would', async (_, said, more, whole) => {
    await mounted.answer();
    await mounted.ask('Which?');
    mounted.transport.say(said);
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    await mounted.settle();
    await click();
    await mounted.answer(more);
    expect(last()?.text).toBe(whole);
  });

  it('keeps its sources, its thoughts and its tools, and takes more of them', async () => {
    const toSource = (url: string) => ({ url, title: url, start_index: 0, end_index: 1 });
    const step = { id: 't', name: 'find', arguments: '{}', status: 'done', result: '1' } as const;
    mounted.transport.write(
      { type: 'reasoning-delta', text: 'Sundays?', choice: 0 },
      { type: 'citation', citation: toSource('https://a.test/'), choice: 0 },
    );
    (mounted.transport.write as (event: ConversationEvent) => void)({ type: 'tool-step', step });
    (mounted.transport.write as (event: ConversationEvent) => void)({
      type: 'tool-step',
      step: { ...step, id: 'u', status: 'asked' },
    });
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    await mounted.settle();
    await click();
    await mounted.answer('it is closed.', { type: 'citation', citation: toSource('https://b.test/'), choice: 0 });
    expect(last()).toMatchObject({
      text: 'The shop opens at nine in the morning. On Sundays it is closed.',
      reasoning: 'Sundays?',
      toolSteps: [step, { id: 'u', status: 'refused' }],
    });
    expect(last()?.citations.map(({ url }) => url)).toEqual(['https://a.test/', 'https://b.test/']);
  });

  it('tells the model what tools gave, in front of what it had said', async () => {
    const step = { id: 't', name: 'find', arguments: '{}', status: 'done', result: '1' } as const;
    (mounted.transport.write as (event: ConversationEvent) => void)({ type: 'tool-step', step });
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    mounted.chat.tools = [{ name: 'find', run: () => 1 }];
    await mounted.settle();
    await click();
    const messages = mounted.transport.inputs[1]?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'user']);
    expect(messages[2]?.content).toBe('1');
    await mounted.answer('it is closed.');
    expect(last()?.toolSteps).toEqual([step]);
  });

  it('goes on behind a part of the chat that is still on its way', async () => {
    const arriving = Promise.withResolvers<FeatureModule>();
    const entries = featureList as FeatureEntry[];
    entries.push({ isWanted: () => true, load: () => arriving.promise, isRequired: true });
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    await userEvent.click(await goOn());
    arriving.resolve({ createFeature: () => ({}) });
    await vi.waitUntil(() => mounted.transport.inputs.length === 2);
    entries.pop();
    expect(mounted.transport.inputs[1]?.messages[1]?.content).toContain('On Sundays it is clos');
    await mounted.answer('it is closed.');
    expect(last()).toMatchObject({ text: 'The shop opens at nine in the morning. On Sundays it is closed.' });
  });

  it('keeps what it has when that fails too', async () => {
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    await mounted.settle();
    await click();
    mounted.transport.fail('connection_error');
    await mounted.settle();
    expect(last()?.text).toBe('The shop opens at nine in the morning. On Sundays it is clos');
    await goOn();
  });

  it('of a conversation with a transport of its own is not said in another one', async () => {
    mounted.transport.write({ type: 'end', outcome: 'truncated' });
    await mounted.settle();
    const own = new HandWrittenTransport();
    mounted.chat.conversation = createConversation({
      transport: own,
      messages: mounted.chat.conversation.getState().messages,
    });
    await mounted.settle();
    await userEvent.click(await goOn());
    expect(own.inputs).toHaveLength(1);
    mounted.chat.conversation = createConversation({ transport: mounted.chat.transport });
    await mounted.ask('And on Mondays?');
    expect(mounted.transport.inputs[1]?.messages).toEqual([{ role: 'user', content: 'And on Mondays?' }]);
    await mounted.answer('At nine.');
    expect(last()?.text).toBe('At nine.');
  });

  it('is not offered for a question that was refused, and not while an answer is under way', async () => {
    expect(mounted.findAll('[part=go-on]')).toEqual([]);
    await mounted.answer();
    await mounted.ask('More?');
    mounted.transport.fail('offline');
    await mounted.settle();
    expect(mounted.findAll('[part=go-on]')).toEqual([]);
  });
});

describe('a page that is loaded again while the rest of an answer comes', () => {
  const said = 'The shop opens at nine in the morning. On Sundays it is clos';
  const own = { client: undefined, endpoint: '/api', persist: 'local' } as const;
  let server: RememberingServer;
  beforeEach(async () => {
    mounted.unmount();
    beginAfresh();
    server = new RememberingServer();
    vi.stubGlobal('fetch', server.fetch);
    mounted = await mountAnsweredChat(own);
    mounted.chat.send('When do you open?');
    await vi.waitUntil(() => server.asked.length === 1);
    server.say(said);
    await expect.poll(live).toBe(said);
    mounted.chat.stop();
    await userEvent.click(await goOn());
    await vi.waitUntil(() => server.asked.length === 2);
  });
  afterEach(() => {
    leave();
    vi.unstubAllGlobals();
  });
  const live = () => mounted.chat.conversation.getState().live?.message.text;
  const comeBack = async () => {
    mounted.unmount();
    const { chat } = await leaveAndReturn(own);
    return () => chat.conversation.getState().messages.at(-1);
  };

  it('loses nothing that was held back, and shows nothing of it twice', async () => {
    server.say('On Sundays it is clos');
    await mounted.settle();
    const answer = await comeBack();
    server.say('ed, and on Mondays too.');
    server.complete();
    await expect.poll(answer).toMatchObject({ text: said, status: 'truncated' });
  });

  it('goes on behind what was shown', async () => {
    server.say('On Sundays it is closed. ');
    server.say('And on Mondays it opens at noon. '.repeat(4));
    await expect.poll(live).toContain('noon');
    const answer = await comeBack();
    server.say('Bye.');
    server.complete();
    const all = `${said}ed. ${'And on Mondays it opens at noon. '.repeat(4)}Bye.`;
    await expect.poll(answer).toMatchObject({ text: all, status: 'complete' });
  });
});
