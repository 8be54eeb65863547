export { type Branch, type BranchTree, parseBranchTree, shownPath } from './branch-tree.js';
export { type Branches, branchesOf, type Version } from './branches.js';
export type { ChatInput, ChatRun, ChatTransport, ConversationEvent } from './chat-transport.js';
export { type Conversation, type ConversationOptions, createConversation } from './conversation.js';
export type { ConversationAction } from './conversation-action.js';
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
export {
  allMessages,
  canRegenerate,
  canRetry,
  canSend,
  canStop,
  isWaiting,
  lastMessage,
} from './selectors.js';
export { toRequestMessages, toToolMessages } from './to-request-messages.js';
