import type { Attachment } from './conversation-message.js';
import { createMessage } from './conversation-message.js';
import type { SafeStorage } from './safe-storage.js';
import {
  type ConversationHead,
  encodeConversation,
  parseConversation,
  parseHead,
  type StoredConversation,
} from './stored-conversation.js';

/** Options of `createArchive`. */
export interface ArchiveOptions {
  storage: SafeStorage;
  /** Prefix of each key. Every key that begins with it is taken for a conversation. */
  prefix: string;
  /** Longest list of conversations; the oldest are evicted first. Default 50. */
  maxConversations?: number | undefined;
  /** Of all conversations together, in UTF-16 code units. Default 1,000,000. */
  maxLength?: number | undefined;
}

/** Stored conversations. Each has a key of its own, so that two tabs never write over each other's. Nothing throws. */
export interface ConversationArchive {
  /** All of them, the newest first. */
  heads(): ConversationHead[];
  read(id: string): StoredConversation | undefined;
  /**
   * Stores a conversation, replacing its earlier version. The oldest conversations without a running answer are evicted
   * to make room. One that takes more than half of the room is stored without its images; one that takes all of it is
   * not stored: false.
   */
  write(conversation: StoredConversation): boolean;
  remove(id: string): void;
}

/** Creates an archive. */
export function createArchive(options: ArchiveOptions): ConversationArchive {
  const { storage, prefix, maxConversations = 50, maxLength = 1_000_000 } = options;

  function entries(): { head: ConversationHead; length: number }[] {
    const all = storage.keys(prefix).flatMap((key) => {
      const text = storage.get(key) ?? '';
      const head = parseHead(text);
      // A head that names another place would be read, and removed, there.
      return head && prefix + head.id === key ? [{ head, length: text.length }] : [];
    });
    return all.sort((one, other) => other.head.updatedAt - one.head.updatedAt);
  }

  function makeRoom(keptId: string): void {
    const all = entries();
    let length = all.reduce((sum, entry) => sum + entry.length, 0);
    let count = all.length;
    for (const { head, length: freed } of all.reverse()) {
      if (count <= maxConversations && length <= maxLength) return;
      if (head.id === keptId || head.isLive) continue;
      storage.remove(prefix + head.id);
      length -= freed;
      count -= 1;
    }
  }

  return {
    heads: () => entries().map(({ head }) => head),
    read(id) {
      const conversation = parseConversation(storage.get(prefix + id) ?? '');
      return conversation?.id === id ? conversation : undefined;
    },
    write(conversation) {
      const whole = encodeConversation(conversation);
      const text = whole.length > maxLength / 2 ? encodeConversation(withoutImages(conversation)) : whole;
      if (text.length > maxLength) return false;
      storage.set(prefix + conversation.id, text);
      makeRoom(conversation.id);
      return true;
    },
    remove: (id) => storage.remove(prefix + id),
  };
}

function withoutImages(conversation: StoredConversation): StoredConversation {
  const isText = ({ type }: Attachment): boolean => type === 'text';
  const tree = conversation.tree.map((branch) => {
    const { message } = branch;
    return message.attachments.every(isText)
      ? branch
      : { ...branch, message: createMessage({ ...message, attachments: message.attachments.filter(isText) }) };
  });
  return { ...conversation, tree };
}
