import { beforeEach, describe, expect, it } from 'vitest';
import { createArchive } from './conversation-archive.js';
import { createMessage } from './conversation-message.js';
import { createSafeStorage, type TextStorage } from './safe-storage.js';
import { encodeConversation, parseConversation, type StoredConversation } from './stored-conversation.js';

/** What a browser's storage does, with a limit that can be set. */
class FakeStorage implements TextStorage {
  readonly texts = new Map<string, string>();
  maxLength = Number.POSITIVE_INFINITY;
  get length(): number {
    return this.texts.size;
  }
  key(index: number): string | null {
    return [...this.texts.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.maxLength) throw new Error('QuotaExceededError');
    this.texts.set(key, value);
  }
  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

const create = (id: string, more: Partial<StoredConversation> & { text?: string } = {}): StoredConversation => ({
  id,
  title: `About ${id}`,
  isNamed: false,
  createdAt: 1,
  updatedAt: 1,
  unread: 0,
  isLive: false,
  live: undefined,
  tree: [
    {
      message: createMessage({
        id: `${id}-1`,
        role: 'user',
        status: 'complete',
        createdAt: 1,
        text: more.text ?? 'Why?',
      }),
      parentId: null,
      isShown: true,
    },
  ],
  ...more,
});

let storage: FakeStorage;
beforeEach(() => {
  storage = new FakeStorage();
});
const open = (limits: { maxConversations?: number; maxLength?: number } = {}) =>
  createArchive({ storage: createSafeStorage(storage), prefix: 'n|', ...limits });

describe('an archive of conversations', () => {
  it('gives back what it was given, and lists the newest first', () => {
    const archive = open();
    const live = {
      message: createMessage({ id: 'x', role: 'assistant', createdAt: 1, text: 'So', status: 'streaming' }),
      place: { streamId: 's1', lastEventId: 's1:4' },
    };
    const newer = create('b', { updatedAt: 2, isLive: true, live, unread: 2, isNamed: true });
    archive.write(create('a'));
    archive.write(newer);
    expect(archive.heads().map(({ id }) => id)).toEqual(['b', 'a']);
    expect(archive.read('b')).toEqual({ ...newer, tree: [expect.objectContaining({ parentId: null })] });
    archive.remove('b');
    expect(archive.read('b')).toBeUndefined();
  });

  it.each([
    ['too many', { maxConversations: 2 }],
    ['too long', { maxLength: encodeConversation(create('a')).length * 2 + 50 }],
  ])('lets the oldest go when they are %s, but none that an answer is under way in', (_name, limits) => {
    const archive = open(limits);
    archive.write(create('a', { updatedAt: 1, isLive: true }));
    for (const [index, id] of ['b', 'c', 'd'].entries()) archive.write(create(id, { updatedAt: index + 2 }));
    expect(archive.heads().map(({ id }) => id)).toEqual(['d', 'a']);
  });

  it('leaves out the images of a conversation that they make too long, and its neighbours stay', () => {
    const archive = open({ maxLength: 10_000 });
    archive.write(create('a'));
    const big = create('b');
    const [branch] = big.tree;
    if (!branch) throw new Error('There is no message.');
    const attachments = [
      { type: 'image' as const, name: 'a.png', url: `data:image/png;base64,${'A'.repeat(9000)}` },
      { type: 'text' as const, name: 'a.txt', text: 'A' },
    ];
    archive.write({ ...big, tree: [{ ...branch, message: createMessage({ ...branch.message, attachments }) }] });
    expect(archive.read('b')?.tree[0]?.message.attachments).toEqual([attachments[1]]);
    expect(archive.heads()).toHaveLength(2);
  });

  it('does not store one that takes all of the room', () => {
    const archive = open({ maxLength: 10_000 });
    archive.write(create('a'));
    expect(archive.write(create('b', { text: 'x'.repeat(20_000) }))).toBe(false);
    expect(archive.heads().map(({ id }) => id)).toEqual(['a']);
  });

  it('keeps for this page what a full storage does not take, and what it held for the next one', () => {
    const archive = open();
    archive.write(create('a', { title: 'old' }));
    storage.maxLength = 10;
    archive.write(create('a', { title: 'new' }));
    expect(archive.read('a')?.title).toBe('new');
    expect(open().read('a')?.title).toBe('old');
    storage.maxLength = 10_000;
    archive.write(create('a', { title: 'newer' }));
    expect(open().read('a')?.title).toBe('newer');
  });

  it.each<[name: string, storage: TextStorage | undefined]>([
    ['is missing', undefined],
    [
      'throws at everything',
      new Proxy({} as TextStorage, {
        get() {
          throw new Error('SecurityError');
        },
      }),
    ],
  ])('works in memory when the storage %s', (_name, broken) => {
    const archive = createArchive({ storage: createSafeStorage(broken), prefix: 'n|' });
    archive.write(create('a'));
    expect(archive.heads()).toHaveLength(1);
    archive.remove('a');
    expect(archive.heads()).toHaveLength(0);
  });

  it.each<[name: string, text: string]>([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['another version', encodeConversation(create('a')).replace('"version":1', '"version":9')],
    ['a head alone', encodeConversation(create('a')).split('\n')[0] ?? ''],
    ['a tree that is none', '{"version":1,"id":"a","createdAt":1,"updatedAt":1}\n{"tree":{}}'],
    ['a tree that turns in a circle', encodeConversation(create('a')).replace('"parentId":null', '"parentId":"a-1"')],
    ['a list', '[]\n[]'],
    ['null', 'null\nnull'],
  ])('takes %s for no conversation', (_name, text) => {
    storage.texts.set('n|a', text);
    expect(open().read('a')).toBeUndefined();
    expect(parseConversation(text)).toBeUndefined();
  });

  it('does not follow a head to another place', () => {
    storage.texts.set('n|a', encodeConversation(create('b')));
    storage.texts.set('other', 'of the page');
    expect(open().heads()).toEqual([]);
    expect(open().read('a')).toBeUndefined();
    expect(storage.texts.get('other')).toBe('of the page');
  });

  it('knows when a server that has asked to wait may be asked again, and takes no other word for it', () => {
    const text = encodeConversation(create('a', { retryAt: 17 }));
    expect(parseConversation(text)?.retryAt).toBe(17);
    expect(parseConversation(text.replace('"retryAt":17', '"retryAt":"soon"'))?.retryAt).toBeUndefined();
  });

  it.each<[name: string, place: unknown]>([
    ['a line break', { streamId: 's1', lastEventId: 's1:1\r\nx-evil: 1' }],
    ['a path', { streamId: '../../admin' }],
    ['no text', { streamId: 3 }],
  ])('goes on with no answer whose place is %s', (_name, place) => {
    const message = createMessage({ id: 'x', role: 'assistant', createdAt: 1, text: 'So', status: 'streaming' });
    storage.texts.set('n|a', encodeConversation(create('a', { live: { message, place: place as never } })));
    expect(open().read('a')?.live).toEqual({ message, place: undefined });
  });
});
