import { css, html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import { ahead, type Feature, type FeatureHost } from './feature.js';
import { type FeatureEntry, featureList } from './feature-list.js';

const entries = featureList as FeatureEntry[];
const usual = [...entries];
let mounted: MountedChat | undefined;

afterEach(() => {
  mounted?.unmount();
  entries.splice(0, entries.length, ...usual);
  vi.restoreAllMocks();
});

/** Mounts a chat that has one feature more. */
async function mountWith(
  createFeature: (chat: FeatureHost) => Feature,
  { isWanted = () => true, ...more }: Partial<FeatureEntry> = {},
) {
  entries.push({
    // A chat of the test before, which has left the page, may have an update ahead of it and look here too.
    isWanted: (chat, state) => chat.isConnected && isWanted(chat, state),
    load: async () => ({ createFeature }),
    ...more,
  });
  mounted = await mountChat({ open: true });
  return mounted;
}

/** The file of a feature that does not come at first, and the time after which it is asked for again. */
function failToLoad(createFeature: () => Feature) {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const report = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
  const load = vi.fn<FeatureEntry['load']>(async () => ({ createFeature }));
  load.mockRejectedValueOnce(new Error('offline'));
  const passAWhile = (): void => {
    for (const [run, ms] of timers.mock.calls) if (ms === 5_000) run();
  };
  return { load, report, passAWhile };
}

describe('a feature', () => {
  it('is shown in its places, in its own style, and again when it has changed', async () => {
    let count = 1;
    let refresh = (): void => {};
    const { find, findAll, settle, chat, transport } = await mountWith((host) => {
      refresh = () => host.refresh();
      const show =
        (place: string): (() => unknown) =>
        () =>
          html`<b class="mine ${place}">${count}</b>`;
      return {
        styles: css`
          .mine {
            color: rgb(1, 2, 3);
          }
        `,
        views: {
          header: show('header'),
          above: show('above'),
          start: show('start'),
          end: show('end'),
          overlay: show('overlay'),
          before: ({ role }) => (role === 'user' ? undefined : show('before')()),
          text: ({ role }) => (role === 'user' ? show('text')() : undefined),
          after: show('after'),
        },
      };
    });
    chat.send('Why?');
    transport.say('So.');
    transport.complete();
    await settle();
    const places = findAll('.mine').map(({ className }) => className.replace('mine ', ''));
    expect(places).toEqual(['header', 'text', 'after', 'before', 'after', 'above', 'start', 'end', 'overlay']);
    expect(getComputedStyle(find('.mine')).color).toBe('rgb(1, 2, 3)');
    count = 2;
    refresh();
    await settle();
    expect(findAll('.mine').every(({ textContent }) => textContent === '2')).toBe(true);
  });

  it('stands between conversation and client, and hears of each change', async () => {
    const heard: string[] = [];
    const { chat, transport, settle } = await mountWith(() => ({
      transport: (next) => ({ send: ({ messages }) => next.send({ messages: [...messages, ...messages] }) }),
      onChange: ({ live }) => heard.push(live ? 'live' : 'still'),
    }));
    chat.send('Why?');
    transport.complete();
    await settle();
    expect(transport.inputs[0]?.messages).toHaveLength(2);
    expect(heard).toEqual(['live', 'still']);
  });

  it('that is required counts for a question that is sent in the same breath as it comes to be wanted', async () => {
    mounted = await mountChat({ open: true });
    const { chat, transport } = mounted;
    chat.consent = '';
    chat.send('Why?');
    await vi.waitFor(() => expect(mounted?.find('.consent')).toBeTruthy());
    expect(transport.inputs).toEqual([]);
  });

  it('that is required is waited for by a question that comes before it', async () => {
    let arrive = (_module: { createFeature: () => Feature }): void => {};
    const load = (): Promise<{ createFeature: () => Feature }> =>
      new Promise((resolve) => {
        arrive = resolve;
      });
    const { chat, transport, settle } = await mountWith(() => ({}), { load, isRequired: true });
    expect(chat.send('Why?')).toBe(true);
    await settle();
    expect(transport.inputs).toHaveLength(0);
    arrive({ createFeature: () => ({}) });
    await settle();
    expect(transport.inputs).toHaveLength(1);
  });

  it('that is required leaves the question in view while it is waited for, and takes no second one', async () => {
    const arrived = Promise.withResolvers<{ createFeature: () => Feature }>();
    const { chat, findAll, settle, transport } = await mountWith(() => ({}), {
      load: () => arrived.promise,
      isRequired: true,
    });
    chat.starters = ['Why?'];
    await settle();
    expect(chat.send(' ')).toBe(false);
    expect(chat.send('Why?')).toBe(true);
    expect(chat.send('Why?')).toBe(false);
    await settle();
    const said = (): string[] => findAll('.user .bubble').map(({ textContent }) => textContent);
    expect(said()).toEqual(['Why?']);
    expect(findAll('.thinking')).toHaveLength(1);
    expect(findAll('.starter')).toHaveLength(0);
    arrived.resolve({ createFeature: () => ({}) });
    await expect.poll(() => transport.inputs.length).toBe(1);
    await settle();
    expect(said()).toEqual(['Why?']);
    expect(chat.draft).toBe('');
  });

  it('that is required leaves nothing to edit in a question that waits for it', async () => {
    let isWanted = false;
    const load = (): Promise<never> => new Promise(() => {});
    const { chat, findAll, settle, transport } = await mountWith(() => ({}), {
      load,
      isRequired: true,
      isWanted: () => isWanted,
    });
    chat.send('Why?');
    transport.say('So.');
    transport.complete();
    await expect.poll(() => findAll('.pencil').length).toBe(1);
    isWanted = true;
    chat.send('And?');
    await settle();
    expect(findAll('.user .bubble').map(({ textContent }) => textContent)).toEqual(['Why?', 'And?']);
    expect(findAll('.pencil')).toHaveLength(1);
  });

  it('that a question can do without does not hold it up for long', async () => {
    const load = (): Promise<never> => new Promise(() => {});
    const { chat, transport } = await mountWith(() => ({}), { load, isRequired: true, mayFail: true });
    expect(chat.send('Why?')).toBe(true);
    expect(transport.inputs).toHaveLength(0);
    await expect.poll(() => transport.inputs.length, { timeout: 5_000 }).toBe(1);
  });

  it('that is loaded ahead when the visitor comes to the chat is not waited for', async () => {
    const load = vi.fn(() => new Promise<never>(() => {}));
    const isWanted = (chat: FeatureHost): unknown => chat.matches(':focus-within') && ahead;
    const { transport, find } = await mountWith(() => ({}), { load, isRequired: true, isWanted });
    expect(load).not.toHaveBeenCalled();
    await userEvent.type(find('textarea'), 'Why?');
    expect(load).toHaveBeenCalledOnce();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => transport.inputs.length).toBe(1);
  });

  it('that arrives when its chat has left the page is connected only when the chat comes back', async () => {
    const arrived = Promise.withResolvers<{ createFeature: () => Feature }>();
    const onConnect = vi.fn();
    const { chat, settle } = await mountWith(() => ({}), { load: () => arrived.promise });
    chat.remove();
    arrived.resolve({ createFeature: () => ({ onConnect }) });
    await settle();
    expect(onConnect).not.toHaveBeenCalled();
    document.body.append(chat);
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it.each([
    ['goes on without one that cannot be loaded', false, 1, ''],
    ['sends nothing without one that is required, and gives the question back', true, 0, 'Why?'],
  ])('%s', async (_name, isRequired, asked, draft) => {
    const report = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
    const load = vi.fn(() => Promise.reject(new Error('offline')));
    const { chat, transport, settle } = await mountWith(() => ({}), { load, isRequired });
    chat.send('Why?');
    await settle();
    expect(transport.inputs).toHaveLength(asked);
    expect(chat.draft).toBe(draft);
    expect(report).toHaveBeenCalled();
    report.mockRestore();
  });

  it('that is required and cannot be loaded costs nothing that the visitor has typed, and is told of', async () => {
    const report = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
    const failing = Promise.withResolvers<never>();
    const load = (): Promise<never> => failing.promise;
    const { chat, find, settle } = await mountWith(() => ({}), { load, isRequired: true });
    await userEvent.type(find('textarea'), 'Why?{Enter}');
    await settle();
    expect(chat.draft).toBe('');
    await userEvent.type(find('textarea'), 'And');
    failing.reject(new Error('offline'));
    await expect.poll(() => chat.draft).toBe('Why?\nAnd');
    await expect.poll(() => find('[aria-live=polite]').textContent).toBe('The assistant could not be reached.');
    report.mockRestore();
  });

  it('that could not be loaded is asked for again later, and not at every change', async () => {
    const createFeature = () => ({ views: { above: () => html`<b class="late"></b>` } });
    const { load, report, passAWhile } = failToLoad(createFeature);
    const { chat, findAll, settle } = await mountWith(createFeature, { load });
    chat.draft = 'a';
    await settle();
    expect(load).toHaveBeenCalledOnce();
    passAWhile();
    chat.draft = 'b';
    await settle();
    expect(load).toHaveBeenCalledTimes(2);
    expect(report).toHaveBeenCalledOnce();
    expect(findAll('.late')).toHaveLength(1);
  });

  it('that could not be loaded because the device is offline is no error of the page', async () => {
    const createFeature = vi.fn((): Feature => ({}));
    const { load, report, passAWhile } = failToLoad(createFeature);
    load.mockRejectedValue(new Error('offline'));
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { settle } = await mountWith(createFeature, { load });
    await settle();
    expect(load).toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
    load.mockResolvedValue({ createFeature });
    passAWhile();
    dispatchEvent(new Event('online'));
    await vi.waitUntil(() => createFeature.mock.calls.length > 0);
  });

  it('that could not be loaded is asked for again when the device is online again', async () => {
    const createFeature = vi.fn((): Feature => ({}));
    const { load, passAWhile } = failToLoad(createFeature);
    const { settle } = await mountWith(createFeature, { load });
    await settle();
    passAWhile();
    dispatchEvent(new Event('online'));
    await settle();
    expect(createFeature).toHaveBeenCalledOnce();
  });

  it('that could not be loaded because the device is offline is asked for again as soon as it is online', async () => {
    const createFeature = vi.fn((): Feature => ({}));
    const { load } = failToLoad(createFeature);
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await mountWith(createFeature, { load });
    await vi.waitUntil(() => load.mock.settledResults[0]?.type === 'rejected');
    onLine.mockReturnValue(true);
    // Timers of the same length run in their order: what has failed was let go of before.
    await new Promise((resolve) => setTimeout(resolve));
    dispatchEvent(new Event('online'));
    await vi.waitUntil(() => createFeature.mock.calls.length > 0);
  });

  it('that may fail is waited for, done without, and asked for again later', async () => {
    const createFeature = vi.fn((): Feature => ({}));
    const { load, passAWhile } = failToLoad(createFeature);
    load.mockRejectedValue(new Error('offline'));
    const { chat, transport, settle } = await mountWith(createFeature, { load, isRequired: true, mayFail: true });
    chat.send('Why?');
    await vi.waitUntil(() => transport.inputs.length === 1);
    expect(chat.draft).toBe('');
    load.mockResolvedValue({ createFeature });
    passAWhile();
    transport.complete();
    await settle();
    expect(createFeature).toHaveBeenCalledOnce();
  });

  it('that is required and came with the next question is not made again', async () => {
    const createFeature = vi.fn((): Feature => ({}));
    const { load, passAWhile } = failToLoad(createFeature);
    const { chat, transport, settle } = await mountWith(createFeature, { load, isRequired: true });
    chat.send('Why?');
    await vi.waitUntil(() => transport.inputs.length === 1);
    passAWhile();
    chat.draft = 'b';
    await settle();
    expect(createFeature).toHaveBeenCalledOnce();
  });

  it.each([
    ['by the visitor', 'server_error', ({ find }: MountedChat) => find('.retry').click()],
    ['when the device is online again', 'offline', () => dispatchEvent(new Event('online'))],
  ])('that is required is waited for by a question that is asked again %s', async (_, code, askAgain) => {
    const arriving = Promise.withResolvers<{ createFeature: () => Feature }>();
    const isWanted: FeatureEntry['isWanted'] = (_chat, { messages }) => messages.length > 0;
    const chat = await mountWith(() => ({}), { load: () => arriving.promise, isWanted, isRequired: true });
    chat.chat.send('Why?');
    chat.transport.fail(code);
    await chat.settle();
    askAgain(chat);
    await chat.settle();
    arriving.resolve({ createFeature: () => ({}) });
    await vi.waitUntil(() => chat.transport.inputs.length === 2);
  });
});
