import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { NovaShutdownEvent } from '../../events/nova-events.js';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat;

beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted.unmount());

async function mount(more: Partial<NovaChat> = {}): Promise<MountedChat> {
  mounted = await mountChat({ open: true, attachments: true, ...more });
  await vi.waitUntil(() => mounted.findAll('.attach').length, 10_000);
  return mounted;
}

async function picture(side: number, name = 'a.png'): Promise<File> {
  const canvas = new OffscreenCanvas(side, side / 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.fillStyle = 'teal';
  context.fillRect(0, 0, side, side);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

const note = (text = 'Hello', name = 'note.md'): File => new File([text], name, { type: '' });

async function give(type: 'paste' | 'drop', ...files: File[]): Promise<boolean> {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  const options = { bubbles: true, cancelable: true, composed: true };
  const event =
    type === 'paste'
      ? new ClipboardEvent(type, { ...options, clipboardData: transfer })
      : new DragEvent(type, { ...options, dataTransfer: transfer });
  const isTaken = !mounted.find('textarea').dispatchEvent(event);
  await vi.waitUntil(() => mounted.findAll('.chosen .attachment, .bad').length > 0, 10_000);
  await mounted.settle();
  return isTaken;
}

const names = (): string[] => mounted.findAll('.chosen .name').map(({ innerText }) => innerText);

describe('a file', () => {
  it('goes along with a question, and stays with it', async () => {
    const { find, findAll, transport, settle } = await mount();
    await userEvent.upload(find('.attach input'), [note()]);
    await vi.waitUntil(() => names().length, 10_000);
    expect(names()).toEqual(['note.md']);
    expect((await axe.run(find('.panel'))).violations).toEqual([]);
    await userEvent.type(find('textarea'), 'What is in it?{Enter}');
    await settle();
    expect(transport.inputs[0]?.messages[0]?.content).toEqual([
      { type: 'text', text: 'note.md:\n\nHello' },
      { type: 'text', text: 'What is in it?' },
    ]);
    expect(names()).toEqual([]);
    expect(findAll('.user .attachment')).toHaveLength(1);
  });

  it.each(['paste', 'drop'] as const)('comes by %s', async (type) => {
    await mount();
    expect(await give(type, await picture(64))).toBe(true);
    expect(names()).toEqual(['a.png']);
    const canvas = mounted.find<HTMLCanvasElement>('.attachment canvas');
    await expect.poll(() => canvas.getContext('2d')?.getImageData(40, 40, 1, 1).data[2]).toBe(128);
  });

  it('may go without a word', async () => {
    const { find, transport, settle } = await mount();
    expect(find('.send').getAttribute('aria-disabled')).toBe('true');
    await give('paste', await picture(64));
    expect(find('.send').getAttribute('aria-disabled')).toBe('false');
    await userEvent.click(find('.send'));
    await settle();
    expect(transport.inputs[0]?.messages[0]?.content).toMatchObject([{ type: 'image_url' }]);
    expect(getComputedStyle(find('.user .bubble')).display).toBe('none');
  });

  it('can be taken away again', async () => {
    const { find, findAll, settle } = await mount();
    await give('paste', note(), note('x', 'b.txt'));
    await vi.waitUntil(() => names().length === 2, 10_000);
    await userEvent.click(page.getByRole('button', { name: 'Remove: b.txt' }));
    await settle();
    expect(names()).toEqual(['note.md']);
    expect(mounted.focused()).toBe(find('.attachment button'));
    await userEvent.click(find('.attachment button'));
    await settle();
    expect(findAll('.chosen')).toHaveLength(0);
    expect(mounted.focused()).toBe(find('.attach input'));
  });

  it('leaves room for the input on a small screen, and the newest of several is in view', async () => {
    await page.viewport(320, 300);
    const { find, findAll } = await mount();
    const files = ['1', '2', '3', '4', '5'].map((name) => note('x', `${'a-long-name-'.repeat(3)}${name}.txt`));
    await give('drop', ...files);
    await expect.poll(() => names().length).toBe(5);
    expect(find('.send').getBoundingClientRect().bottom).toBeLessThanOrEqual(300);
    const bottomOf = (element?: HTMLElement): number => element?.getBoundingClientRect().bottom ?? 0;
    await expect.poll(() => bottomOf(findAll('.attachment').at(-1))).toBeLessThanOrEqual(bottomOf(find('.chosen')));
  });

  it('goes again with a question that was refused', async () => {
    const { find, transport, settle } = await mount();
    await give('paste', note());
    await userEvent.type(find('textarea'), 'What?{Enter}');
    await settle();
    transport.fail('server_error');
    await settle();
    await userEvent.click(find('.retry'));
    await settle();
    expect(transport.inputs[1]?.messages).toEqual(transport.inputs[0]?.messages);
  });

  it('comes back with the words of a question that was refused, and goes along with the mended ones', async () => {
    const { find, transport, settle } = await mount();
    await give('paste', note());
    await userEvent.type(find('textarea'), 'Waht?{Enter}');
    await settle();
    transport.fail('offline');
    await settle();
    expect(names()).toEqual(['note.md']);
    await userEvent.fill(find('textarea'), 'What?');
    await userEvent.keyboard('{Enter}');
    await settle();
    expect(transport.inputs[1]?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'note.md:\n\nHello' },
          { type: 'text', text: 'What?' },
        ],
      },
    ]);
    expect(names()).toEqual([]);
  });

  it('is not there twice when a refused question is sent again as it was', async () => {
    const { chat, find, transport, settle } = await mount();
    await give('paste', note());
    await userEvent.type(find('textarea'), 'What?{Enter}');
    await settle();
    transport.fail('offline');
    await settle();
    await userEvent.click(find('.send'));
    await settle();
    expect(transport.inputs[1]?.messages).toEqual(transport.inputs[0]?.messages);
    expect(names()).toEqual([]);
    expect(chat.conversation.getState().messages).toHaveLength(1);
  });

  it.each([
    ['nothing', []],
    ['another one', [note('Bye', 'b.txt')]],
  ])(
    'that is taken away from a refused question does not go along with the same words; in its place: %s',
    async (_, others) => {
      const { find, transport, settle } = await mount();
      await give('paste', note());
      await userEvent.type(find('textarea'), 'What?{Enter}');
      await settle();
      transport.fail('offline');
      await settle();
      await userEvent.click(page.getByRole('button', { name: 'Remove: note.md' }));
      for (const other of others) await give('paste', other);
      await userEvent.click(find('.send'));
      await settle();
      const asked = JSON.stringify(transport.inputs[1]?.messages);
      expect(asked).toContain('What?');
      expect(asked).not.toContain('Hello');
      if (others.length > 0) expect(asked).toContain('Bye');
    },
  );

  it('that is being read when the visitor leaves does not come after them', async () => {
    const text = Promise.withResolvers<string>();
    const reading = vi.spyOn(Blob.prototype, 'text').mockReturnValue(text.promise);
    const { chat, find, findAll, settle } = await mount();
    await userEvent.upload(find('.attach input'), [note(), note('x', 'b.txt')]);
    await vi.waitUntil(() => reading.mock.calls.length > 0);
    chat.dispatchEvent(new NovaShutdownEvent());
    text.resolve('Hello');
    await settle();
    expect(findAll('.chosen')).toHaveLength(0);
    expect(chat.attached).toBe(false);
    expect(find('[aria-live=polite]').textContent).toBe('');
    reading.mockRestore();
  });

  it('that is a large image is scaled down', async () => {
    const { find, transport, settle } = await mount();
    await give('drop', await picture(4000));
    await userEvent.click(find('.send'));
    await settle();
    const url = /data:image\/jpeg;base64,[^"]+/.exec(JSON.stringify(transport.inputs[0]?.messages))?.[0] ?? '';
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    expect([bitmap.width, bitmap.height]).toEqual([1568, 784]);
  });
});

describe('what cannot go along is said', () => {
  it.each<[string, File[], string]>([
    [
      'another kind',
      [new File(['x'], 'a.exe', { type: 'application/x-msdownload' })],
      'a.exe is neither an image nor a text file.',
    ],
    ['bytes under the name of a text', [note('a\0b')], 'note.md is neither an image nor a text file.'],
    ['a large text', [note('x'.repeat(800_000))], 'note.md is too large. Together, files can be up to 700 kB.'],
    [
      'large texts of letters that take more than a byte',
      [note('字'.repeat(150_000), '1.txt'), note('字'.repeat(150_000), '2.txt')],
      '2.txt is too large. Together, files can be up to 700 kB.',
    ],
    ['a broken image', [new File(['no'], 'a.png', { type: 'image/png' })], 'a.png could not be read.'],
    [
      'a script in an image',
      [new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' })],
      'a.svg is neither an image nor a text file.',
    ],
    [
      'too many',
      ['1', '2', '3', '4', '5', '6'].map((name) => note('x', `${name}.txt`)),
      'At most 5 files can go along.',
    ],
  ])('%s', async (_name, files, words) => {
    const { find } = await mount();
    await give('drop', ...files);
    await vi.waitUntil(() => mounted.findAll('.bad').length, 10_000);
    expect(find('.bad').innerText).toBe(words);
  });

  const program = (name: string): File => new File(['x'], name, { type: 'application/x-msdownload' });
  const told = (): string[] => mounted.findAll('.bad').map(({ innerText }) => innerText);

  it('of each one of several, also when the last one has been taken', async () => {
    const { find, settle } = await mount();
    await give('drop', program('a.exe'), note('x'.repeat(800_000), 'b.txt'), note('Hello', 'c.txt'));
    await expect.poll(names).toEqual(['c.txt']);
    expect(told()).toEqual([
      'a.exe is neither an image nor a text file.',
      'b.txt is too large. Together, files can be up to 700 kB.',
    ]);
    await userEvent.type(find('textarea'), 'What?{Enter}');
    await settle();
    expect(told()).toEqual([]);
  });

  it('of a whole folder in a few lines', async () => {
    await mount();
    await give('drop', ...Array.from({ length: 20 }, (_, index) => program(`${index}.exe`)), note());
    await expect.poll(names).toEqual(['note.md']);
    expect(told()).toHaveLength(3);
  });

  it('in the direction of the words, whatever the name is written in', async () => {
    const { find } = await mount({ locale: 'ar' });
    await give('drop', program('a.exe'));
    await expect.poll(() => find('.bad').innerText).toContain('ليس صورة');
    expect(find('.bad').matches(':dir(rtl)')).toBe(true);
  });
});

it.each([
  ['text', false],
  ['text of an office with a picture of itself', true],
])('leaves %s that is pasted to the input', async (_, hasPicture) => {
  const { find } = await mount();
  const transfer = new DataTransfer();
  transfer.setData('text/plain', 'words');
  transfer.setData('text/html', '<b>words</b>');
  if (hasPicture) transfer.items.add(await picture(64));
  const event = new ClipboardEvent('paste', {
    bubbles: true,
    cancelable: true,
    composed: true,
    clipboardData: transfer,
  });
  expect(find('textarea').dispatchEvent(event)).toBe(true);
});
