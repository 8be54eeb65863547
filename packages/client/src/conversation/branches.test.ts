import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent, Outcome } from '../protocol/index.js';
import { type BranchTree, parseBranchTree, pathThrough, shownPath, versionsOf } from './branch-tree.js';
import { type Branches, branchesOf } from './branches.js';
import type { ChatTransport } from './chat-transport.js';
import { type Conversation, createConversation } from './conversation.js';
import { type ConversationMessage, createMessage } from './conversation-message.js';

/** A conversation whose answers are ended by the test, each in words of its own. */
class Exchange implements ChatTransport {
  readonly conversation: Conversation;
  readonly branches: Branches;
  #answer: ((event: ChatEvent) => void) | undefined;
  #count = 0;

  constructor() {
    let ids = 0;
    this.conversation = createConversation({ transport: this, createId: () => `m${++ids}`, now: () => ids });
    this.branches = branchesOf(this.conversation);
  }

  send(): ReturnType<ChatTransport['send']> {
    const queue: ChatEvent[] = [];
    let wake = (): void => {};
    this.#answer = (event) => {
      queue.push(event);
      wake();
    };
    async function* events(): AsyncGenerator<ChatEvent> {
      for (let next = 0; ; next += 1) {
        while (queue.length === next) await new Promise<void>((resolve) => (wake = resolve));
        yield queue[next] as ChatEvent;
      }
    }
    return { [Symbol.asyncIterator]: events, stop: () => {} };
  }

  async say(outcome?: Outcome): Promise<void> {
    this.#count += 1;
    this.#answer?.({ type: 'text-delta', text: `Answer ${this.#count}`, choice: 0 });
    if (outcome) this.#answer?.({ type: 'end', outcome } as ChatEvent);
    await settle();
  }

  async end(outcome: Outcome): Promise<void> {
    this.#answer?.({ type: 'end', outcome } as ChatEvent);
    await settle();
  }

  async ask(text: string): Promise<void> {
    this.conversation.send(text);
    await this.say('complete');
  }

  async edit(text: string, place: number): Promise<void> {
    const id = this.conversation.getState().messages[place]?.id ?? '';
    this.branches.edit(id, () => this.conversation.send(text));
    await this.say('complete');
  }

  get shown(): string[] {
    return this.conversation.getState().messages.map(({ text }) => text);
  }

  version(place: number): string {
    const { number, count } = this.branches.versionOf(this.conversation.getState().messages[place]?.id ?? '');
    return `${number} / ${count}`;
  }

  show(place: number, step: number): boolean {
    return this.branches.show(this.conversation.getState().messages[place]?.id ?? '', step);
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const textOf = ({ text }: ConversationMessage): string => text;
const toMessage = (value: unknown): ConversationMessage | undefined =>
  typeof value === 'object' && value && 'id' in value ? createMessage(value as ConversationMessage) : undefined;

describe('branchesOf', () => {
  it('gives the same branches of a conversation each time', () => {
    const { conversation, branches } = new Exchange();
    expect(branchesOf(conversation)).toBe(branches);
  });

  it('keeps a question and its answers when it is asked in other words', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    await chat.ask('Two?');
    await chat.edit('Uno?', 0);
    expect(chat.shown).toEqual(['Uno?', 'Answer 3']);
    expect(chat.version(0)).toBe('2 / 2');
    expect(chat.show(0, -1)).toBe(true);
    expect(chat.shown).toEqual(['One?', 'Answer 1', 'Two?', 'Answer 2']);
    expect(chat.show(0, -1)).toBe(false);
    expect(chat.show(0, 1)).toBe(true);
    expect(chat.shown).toEqual(['Uno?', 'Answer 3']);
  });

  it('keeps an answer that another one has taken the place of, and what was said behind it', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    chat.conversation.regenerate();
    await chat.say('complete');
    await chat.ask('More?');
    expect(chat.version(1)).toBe('2 / 2');
    chat.show(1, -1);
    expect(chat.shown).toEqual(['One?', 'Answer 1']);
    chat.show(1, 1);
    expect(chat.shown).toEqual(['One?', 'Answer 2', 'More?', 'Answer 3']);
  });

  it('keeps an answer that was replaced before anybody asked for branches', async () => {
    const chat = new Exchange();
    const conversation = createConversation({ transport: chat });
    conversation.send('One?');
    await chat.say('complete');
    conversation.regenerate();
    const branches = branchesOf(conversation);
    await chat.say('complete');
    expect(branches.versionOf(conversation.getState().messages[1]?.id ?? '')).toEqual({ number: 2, count: 2 });
  });

  it('shows the version again that was shown last behind a message', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    await chat.ask('Two?');
    await chat.edit('Deux?', 2);
    chat.show(2, -1);
    await chat.edit('Uno?', 0);
    chat.show(0, -1);
    expect(chat.shown).toEqual(['One?', 'Answer 1', 'Two?', 'Answer 2']);
  });

  it('ends an answer under way for an edited question, and keeps its part', async () => {
    const chat = new Exchange();
    chat.conversation.send('One?');
    await chat.say();
    await chat.edit('Uno?', 0);
    expect(chat.shown).toEqual(['Uno?', 'Answer 2']);
    chat.show(0, -1);
    expect(chat.shown).toEqual(['One?', 'Answer 1']);
    expect(chat.conversation.getState().messages[1]?.status).toBe('aborted');
  });

  it('shows no other version while an answer is under way', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    await chat.edit('Uno?', 0);
    chat.conversation.send('Two?');
    expect(chat.show(0, -1)).toBe(false);
    expect(chat.conversation.getState().live).toBeDefined();
  });

  it('goes back to the former path when the question is not taken', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    const before = chat.conversation.getState().messages;
    expect(chat.branches.edit(before[0]?.id ?? '', () => chat.conversation.send(' '))).toBe(false);
    expect(chat.conversation.getState().messages).toEqual(before);
    expect(chat.version(0)).toBe('1 / 1');
    expect(chat.branches.edit('nowhere', () => true)).toBe(false);
  });

  it('takes an edited first question that is sent later', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    chat.branches.edit(chat.conversation.getState().messages[0]?.id ?? '', () => true);
    await chat.ask('Uno?');
    expect(chat.version(0)).toBe('2 / 2');
  });

  it('makes no version of an answer of which not a word came', async () => {
    const chat = new Exchange();
    chat.conversation.send('One?');
    await chat.end('complete');
    chat.conversation.retry();
    await chat.say('complete');
    expect(chat.version(1)).toBe('1 / 1');
  });

  it('asks a refused question again without a version', async () => {
    const chat = new Exchange();
    chat.conversation.send('One?');
    await chat.end('failed');
    chat.conversation.retry();
    await chat.say('complete');
    expect(chat.version(0)).toBe('1 / 1');
  });

  it.each<[string, (conversation: Conversation) => void]>([
    ['cleared', (conversation) => conversation.clear()],
    [
      'replaced by another conversation',
      (conversation) => conversation.load([createMessage({ id: 'x', role: 'user', createdAt: 0 })]),
    ],
  ])('forgets a conversation that was %s', async (_name, change) => {
    const chat = new Exchange();
    await chat.ask('One?');
    await chat.edit('Uno?', 0);
    change(chat.conversation);
    expect(chat.branches.getTree().map(({ message }) => message.id)).toEqual(
      chat.conversation.getState().messages.map(({ id }) => id),
    );
  });

  it('leaves messages as they are that stay in their place', async () => {
    const chat = new Exchange();
    await chat.ask('One?');
    await chat.ask('Two?');
    const [question, answer] = chat.conversation.getState().messages;
    await chat.edit('Deux?', 2);
    expect(chat.conversation.getState().messages[0]).toBe(question);
    expect(chat.conversation.getState().messages[1]).toBe(answer);
  });

  it('tells a listener of the new tree, also one that hears of a change first', async () => {
    const chat = new Exchange();
    const conversation = createConversation({ transport: chat });
    const sizes: number[] = [];
    conversation.subscribe(() => sizes.push(branchesOf(conversation).getTree().length));
    conversation.send('One?');
    await chat.say('complete');
    branchesOf(conversation).edit(conversation.getState().messages[0]?.id ?? '', () => conversation.send('Uno?'));
    expect(sizes.at(-1)).toBe(3);
  });
});

type Step = { verb: 'ask' | 'again' | 'edit' | 'show' | 'stop'; place: number; step: number; outcome: Outcome };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    verb: fc.constantFrom('ask', 'again', 'edit', 'show', 'show', 'stop'),
    place: fc.nat(7),
    step: fc.constantFrom(-1, 1),
    outcome: fc.constantFrom('complete', 'complete', 'truncated', 'failed', 'aborted'),
  }),
  { maxLength: 24 },
);

/** Plays steps, and hands on each settled state of the conversation. */
async function play(taken: Step[], look: (chat: Exchange) => void): Promise<Exchange> {
  const chat = new Exchange();
  const { conversation, branches } = chat;
  let words = 0;
  for (const { verb, place, step, outcome } of taken) {
    const { messages } = conversation.getState();
    const id = messages[place % Math.max(1, messages.length)]?.id ?? '';
    words += 1;
    if (verb === 'ask') conversation.send(`Question ${words}`);
    else if (verb === 'again') conversation.retry() || conversation.regenerate();
    else if (verb === 'edit') branches.edit(id, () => conversation.send(`Question ${words}`));
    else if (verb === 'show') branches.show(id, step);
    else {
      conversation.send(`Question ${words}`);
      await chat.say();
      conversation.stop();
    }
    // A refusal comes before any word.
    if (outcome !== 'failed') await chat.say(outcome);
    else await chat.end(outcome);
    look(chat);
  }
  return chat;
}

describe('whatever is asked, answered, edited and shown', () => {
  it('loses nothing, and keeps everything where it stands', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const seen = new Map<string, string[]>();
        await play(taken, ({ conversation, branches }) => {
          const { messages } = conversation.getState();
          const tree = branches.getTree();
          for (const [place, { id, role, text }] of messages.entries()) {
            if (role === 'user' || text) seen.set(id, messages.slice(0, place + 1).map(textOf));
          }
          for (const [id, way] of seen) {
            expect(pathThrough(tree, id).slice(0, way.length).map(textOf)).toEqual(way);
          }
          expect(shownPath(tree)).toEqual(messages);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('counts versions in the order of their arrival, and comes to each of them and back', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const arrived: string[] = [];
        const { conversation, branches } = await play(taken, (chat) => {
          for (const { id } of chat.conversation.getState().messages) if (!arrived.includes(id)) arrived.push(id);
        });
        const before = conversation.getState().messages;
        for (const { id } of before) {
          const versions = versionsOf(branches.getTree(), id);
          expect(versions).toEqual(arrived.filter((known) => versions.includes(known)));
          const { number, count } = branches.versionOf(id);
          expect(versions).toHaveLength(count);
          const first = branches.show(id, 1 - number) ? versions[0] : id;
          for (const [index, version] of versions.entries()) {
            if (index > 0) expect(branches.show(versions[index - 1] ?? '', 1)).toBe(true);
            expect(conversation.getState().messages.map((message) => message.id)).toContain(version);
            expect(branches.versionOf(version)).toEqual({ number: index + 1, count });
          }
          expect(first).toBe(versions[0]);
          branches.show(versions.at(-1) ?? '', number - count);
          expect(conversation.getState().messages).toEqual(before);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('comes back from JSON as it was', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { conversation, branches } = await play(taken, () => {});
        const tree = parseBranchTree(JSON.parse(JSON.stringify(branches.getTree())), toMessage);
        expect(tree).toEqual(branches.getTree());
        const restored = new Exchange();
        restored.branches.restore(tree as BranchTree);
        expect(restored.branches.getTree()).toEqual(branches.getTree());
        expect(restored.conversation.getState().messages).toEqual(conversation.getState().messages);
      }),
      { numRuns: 100 },
    );
  });
});

describe('parseBranchTree', () => {
  const message = { id: 'a', role: 'user', createdAt: 0, text: 'Why?', status: 'complete' };

  it.each([
    ['no list', {}],
    ['null', null],
    ['items that are none', [null]],
    ['a message that is none', [{ message: 3, parentId: null, isShown: true }]],
    ['a parent that is no id', [{ message, parentId: 3, isShown: true }]],
    ['a parent that is not there', [{ message, parentId: 'b', isShown: true }]],
    ['a message that leads to itself', [{ message, parentId: 'a', isShown: true }]],
    [
      'a circle',
      [
        { message, parentId: 'b', isShown: true },
        { message: { ...message, id: 'b' }, parentId: 'a', isShown: true },
      ],
    ],
    ['a message that stands twice', [0, 1].map(() => ({ message, parentId: null, isShown: true }))],
  ])('refuses %s', (_name, value) => {
    expect(parseBranchTree(value, toMessage)).toBeUndefined();
  });

  it('takes any JSON without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseBranchTree(value, toMessage);
        parseBranchTree([{ message, parentId: null, isShown: value }, value], toMessage);
      }),
    );
  });

  it('marks what was under way as stopped', () => {
    const tree = parseBranchTree([{ message: { ...message, status: 'streaming' } }], toMessage);
    expect(tree?.[0]?.message.status).toBe('aborted');
  });

  it('takes a long conversation, first message last', () => {
    const long = Array.from({ length: 20_000 }, (_, index) => ({
      message: { ...message, id: `${index}` },
      parentId: index === 0 ? null : `${index - 1}`,
    })).reverse();
    expect(shownPath(parseBranchTree(long, toMessage) ?? [])).toHaveLength(20_000);
  });
});
