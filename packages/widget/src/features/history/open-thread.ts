import {
  branchesOf,
  type ChatTransport,
  type ConversationHead,
  createConversation,
} from '@nova-chat/client/conversation';
import { askedBy } from '../shared/asked-by.js';
import { createThread, createThreadId, type Thread, type ThreadInput } from './thread.js';

/** Opens a thread with a conversation of its own, whose requests name the thread. */
export function openThread(transport: ChatTransport, head: Partial<ConversationHead>): Thread {
  const send: ChatTransport['send'] = (input) => {
    const asked: ThreadInput = { ...input, [askedBy]: thread };
    return transport.send(asked);
  };
  const conversation = createConversation({
    transport: { send },
    // An answer that is continued keeps its identity.
    createId: () => thread.pending?.message.id ?? createThreadId(),
    now: () => thread.pending?.message.createdAt ?? Date.now(),
  });
  const thread = createThread(conversation, head);
  branchesOf(conversation);
  return thread;
}
