import type { ChatFailure, ProviderSwitch, UrlCitation } from '../protocol/index.js';
import { isRecord } from '../protocol/is-record.js';
import {
  type Attachment,
  type ConversationMessage,
  createMessage,
  type MessageStatus,
  type ToolStep,
} from './conversation-message.js';

const statuses: ReadonlySet<unknown> = new Set<MessageStatus>([
  'sending',
  'streaming',
  'complete',
  'truncated',
  'aborted',
  'failed',
]);
const stepStatuses: ReadonlySet<unknown> = new Set<ToolStep['status']>([
  'asked',
  'running',
  'done',
  'failed',
  'refused',
]);

/**
 * Restores a message from stored JSON; undefined when it is not one. Whoever may write to the storage may
 * have written anything: only the members that a message has are taken, each with its own type; what does not fit is
 * left out.
 */
export function parseMessage(value: unknown): ConversationMessage | undefined {
  if (!isRecord(value)) return undefined;
  const { id, role, status, createdAt } = value;
  if (typeof id !== 'string' || id === '' || (role !== 'user' && role !== 'assistant')) return undefined;
  if (!statuses.has(status) || !isTime(createdAt)) return undefined;
  return createMessage({
    id,
    role,
    createdAt,
    status: status as MessageStatus,
    text: toText(value['text']) ?? '',
    citations: parseList(value['citations'], parseCitation),
    attachments: parseList(value['attachments'], parseAttachment),
    toolSteps: parseList(value['toolSteps'], parseToolStep),
    reasoning: toText(value['reasoning']) ?? '',
    providerSwitch: parseSwitch(value['providerSwitch']),
    suggestions: 'suggestions' in value ? parseList(value['suggestions'], toText) : undefined,
    finishReason: toText(value['finishReason']),
    error: parseFailure(value['error']),
  });
}

/** Tells a time that a date can have; formatting another one throws. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function parseList<T>(value: unknown, parse: (item: unknown) => T | undefined): readonly T[] {
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  return Object.freeze(items.map(parse).filter((item) => item !== undefined));
}

function parseCitation(value: unknown): UrlCitation | undefined {
  if (!isRecord(value)) return undefined;
  const { url, title, start_index, end_index } = value;
  if (typeof url !== 'string') return undefined;
  const content = toText(value['content']);
  return {
    url,
    title: toText(title) ?? '',
    start_index: toNumber(start_index) ?? 0,
    end_index: toNumber(end_index) ?? 0,
    ...(content !== undefined && { content }),
  };
}

function parseAttachment(value: unknown): Attachment | undefined {
  if (!isRecord(value)) return undefined;
  const { type, name, url, text } = value;
  if (typeof name !== 'string') return undefined;
  if (type === 'text' && typeof text === 'string') return { type, name, text };
  // What a page may show and a model may fetch, and nothing that runs.
  if (type === 'image' && typeof url === 'string' && /^(?:data:image\/|https?:\/\/)/i.test(url)) {
    return { type, name, url };
  }
  return undefined;
}

function parseToolStep(value: unknown): ToolStep | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, arguments: json, status } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof json !== 'string') return undefined;
  if (!stepStatuses.has(status)) return undefined;
  return { id, name, arguments: json, status: status as ToolStep['status'], result: toText(value['result']) };
}

function parseSwitch(value: unknown): ProviderSwitch | undefined {
  if (!isRecord(value)) return undefined;
  const { from, to, reason } = value;
  return typeof from === 'string' && typeof to === 'string' ? { from, to, reason: toText(reason) ?? '' } : undefined;
}

function parseFailure(value: unknown): ChatFailure | undefined {
  if (!isRecord(value)) return undefined;
  const { code, message, retryable, status } = value;
  if (typeof code !== 'string') return undefined;
  return {
    // It is the page that found itself offline that asks again once it is back, and no other one.
    code: code === 'offline' ? 'connection_error' : code,
    message: toText(message) ?? '',
    retryable: retryable !== false,
    status: toNumber(status),
    // Without a wait that a server asked for: of that a conversation knows when it is over.
  };
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
