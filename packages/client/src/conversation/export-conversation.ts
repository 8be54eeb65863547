import { writeJson } from '../protocol/write-json.js';
import type { ConversationMessage } from './conversation-message.js';

/** What is said of a conversation that leaves the chat. */
export interface ExportedConversation {
  title: string;
  messages: readonly ConversationMessage[];
}

/** The words that stand around the messages in Markdown. */
export interface ExportWords {
  user: string;
  assistant: string;
  sources: string;
}

/** Gives conversations as one Markdown document. */
export function toMarkdown(conversations: readonly ExportedConversation[], words: ExportWords): string {
  return conversations
    .map(({ title, messages }) => [`# ${title}`, ...messages.map((message) => toSection(message, words))].join('\n\n'))
    .join('\n\n---\n\n')
    .concat('\n');
}

/** Gives conversations as JSON, in the names of the chat completions API where it has one. */
export function toJson(conversations: readonly ExportedConversation[]): string {
  const plain = conversations.map(({ title, messages }) => ({
    title,
    messages: messages.map(({ role, text, createdAt, status, citations, attachments }) => ({
      role,
      content: text,
      created_at: toIso(createdAt),
      status,
      ...(citations.length > 0 && { citations: citations.map(({ url, title: name }) => ({ url, title: name })) }),
      ...(attachments.length > 0 && { attachments: attachments.map(({ name }) => name) }),
    })),
  }));
  return `${writeJson({ conversations: plain }, 2)}\n`;
}

function toSection({ role, text, createdAt, citations, attachments }: ConversationMessage, words: ExportWords): string {
  const head = `## ${role === 'user' ? words.user : words.assistant}`;
  const sources = citations.map(({ title, url }, index) => `${index + 1}. ${title || url}: <${url}>`);
  return [
    head,
    `*${toIso(createdAt)}*`,
    ...attachments.map(({ name }) => `*${name}*`),
    text,
    ...(sources.length > 0 ? [`${words.sources}:`, sources.join('\n')] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A stored time may be anything. */
function toIso(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
