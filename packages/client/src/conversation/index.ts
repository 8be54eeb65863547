export { type Branch, type BranchTree, parseBranchTree, shownPath } from './branch-tree.js';
export { type Branches, branchesOf, type Version } from './branches.js';
export type { ChatInput, ChatRun, ChatTransport, ConversationEvent } from './chat-transport.js';
export { type Conversation, type ConversationOptions, createConversation } from './conversation.js';
export type { ConversationAction } from './conversation-action.js';
export { type ArchiveOptions, type ConversationArchive, createArchive } from './conversation-archive.js';
export {
  type Attachment,
  type ConversationMessage,
  createMessage,
  type MessageStatus,
  type ToolStep,
} from './conversation-message.js';
export { conversationReducer } from './conversation-reducer.js';
export { type ConversationState, emptyConversation, type LiveAnswer } from './conversation-state.js';
export { type ConversationListener, type ConversationStore, createConversationStore } from './conversation-store.js';
export { type ExportedConversation, type ExportWords, toJson, toMarkdown } from './export-conversation.js';
export { parseMessage } from './parse-message.js';
export { createSafeStorage, type SafeStorage, type TextStorage } from './safe-storage.js';
export {
  allMessages,
  canRegenerate,
  canRetry,
  canSend,
  canStop,
  isWaiting,
  lastMessage,
} from './selectors.js';
export {
  type AnswerPlace,
  type ConversationHead,
  encodeConversation,
  parseAnswer,
  parseConversation,
  parseHead,
  type StoredAnswer,
  type StoredConversation,
} from './stored-conversation.js';
export { toCatchUpEvents } from './to-catch-up-events.js';
export { toRequestMessages, toToolMessages } from './to-request-messages.js';
export { toTitle } from './to-title.js';
