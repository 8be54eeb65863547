import {
  type ChatRun,
  type Conversation,
  createArchive,
  lastMessage,
  type SafeStorage,
} from '@nova-chat/client/conversation';
import type { FeatureHost, FeatureModule } from '../../feature.js';
import type { NovaTool } from '../../shared/nova-tool.js';
import { createAnswerRelay, type ThreadClient } from '../answer-relay.js';
import { createResumableClient } from '../resumable-client.js';
import { createTabChannel, type TabChannel, type TabMessage } from '../tab-channel.js';
import type { Thread } from '../thread.js';
import { ThreadStore } from '../thread-store.js';

/** What belongs to one tab of a browser, as far as its conversations go. */
export interface Tab {
  threads: ThreadStore;
  /** The thread that it has in hand, or the one that another tab has opened in it. */
  readonly thread: Thread;
  readonly conversation: Conversation;
  /** All that is said, the answer under way last. */
  texts(): string[];
  status(): string | undefined;
  /** The process of the tab ends without another word; the browser gives its locks back. */
  crash(): void;
  /** Hears nothing and says nothing from now on, until `thaw`. What it is told meanwhile it hears then. */
  freeze(): void;
  thaw(): void;
}

export interface TabOptions {
  storage: SafeStorage;
  /** Tabs of one name share their conversations. */
  name: string;
  /** How long a message of this tab is under way. */
  postMs?: number;
  /** What its page can do; nobody is asked for leave. */
  tools?: readonly NovaTool[];
  /** Stands between conversation and client beside the one that is tested. */
  createFeature?: FeatureModule['createFeature'];
  /** Whether the browser has what it takes to share. Default true. */
  isShared?: boolean;
}

const open = new Set<() => void>();

/** Closes all tabs. */
export function closeTabs(): void {
  for (const close of open) close();
  open.clear();
}

/** Opens a tab. The links between tabs, and the client, are real ones; the storage is the same for all. */
export function openTab({ storage, name, tools = [], createFeature, postMs = 0, isShared = true }: TabOptions): Tab {
  const own: Partial<FeatureHost> = { endpoint: '/api', persist: 'local', tools: [...tools], refresh() {} };
  const chat = own as FeatureHost;
  let isCrashed = false;
  let frozen: unknown[] | undefined;
  const hear = (message: unknown): void => {
    if (isCrashed) return;
    if (frozen) frozen.push(message);
    else threads.handleTabMessage(message);
  };
  const link = createTabChannel(() => (isShared ? name : undefined), hear);
  const post = (message: TabMessage): void => {
    if (isCrashed) return;
    if (postMs === 0) link.post(message);
    else setTimeout(() => link.post(message), postMs);
  };
  const tabs: TabChannel = { ...link, post };
  const kept = createArchive({ storage, prefix: name });
  const archive = { ...kept, write: (stored: Parameters<typeof kept.write>[0]) => isCrashed || kept.write(stored) };
  let thread: Thread | undefined;
  const threads: ThreadStore = new ThreadStore({
    archive,
    tabs,
    transport: { send: (input) => transport.send(input) },
    onChange: () => {},
    onOpen: (opened) => {
      thread = opened;
    },
    onEnd: () => {},
  });
  const memory = { canResume: () => true, keepCanResume: () => {} } as never;
  const endless = createResumableClient(chat, { send: () => Promise.reject() as never }, memory);
  const mortal = (run: ChatRun): ChatRun => stopHearing(run, () => isCrashed);
  const client: ThreadClient = {
    send: (input, asking) => mortal(endless.send(input, asking)),
    resume(answer, asking) {
      const run = endless.resume(answer, asking);
      return run && mortal(run);
    },
  };
  const relay = createAnswerRelay({ archive, tabs, threads, client, whenAllowed: async () => true });
  const transport = createFeature?.(chat).transport?.(relay) ?? relay;
  tabs.open();
  open.add(() => tabs.close());
  const hand = (): Thread => {
    thread ??= threads.create();
    return thread;
  };
  return {
    threads,
    get thread() {
      return hand();
    },
    get conversation() {
      return hand().conversation;
    },
    texts() {
      const { messages, live } = hand().conversation.getState();
      return [...messages, ...(live ? [live.message] : [])].map(({ text }) => text);
    },
    status: () => lastMessage(hand().conversation.getState())?.status,
    crash() {
      isCrashed = true;
      tabs.close();
      thread?.release?.();
    },
    freeze() {
      frozen ??= [];
    },
    thaw() {
      const heard = frozen ?? [];
      frozen = undefined;
      for (const message of heard) hear(message);
    },
  };
}

function stopHearing(run: ChatRun, isDeaf: () => boolean): ChatRun {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const event of run) {
        if (isDeaf()) await new Promise(() => {});
        yield event;
      }
    },
    stop: () => run.stop(),
  };
}
