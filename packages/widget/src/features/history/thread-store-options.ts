import type { ChatTransport, ConversationArchive } from '@nova-chat/client/conversation';
import type { EndEvent, TabChannel } from './tab-channel.js';
import type { Thread } from './thread.js';

export interface ThreadStoreOptions {
  archive: ConversationArchive;
  tabs: TabChannel;
  /** Gets the answers of all threads. */
  transport: ChatTransport;
  /** Something that a list shows has changed. */
  onChange: () => void;
  /** Another tab has begun a conversation, or an answer in one that this tab did not have in hand. */
  onOpen: (thread: Thread) => void;
  /** An answer of this tab has ended; what the thread says after it is stored. */
  onEnd: (thread: Thread, end: EndEvent) => void;
}
