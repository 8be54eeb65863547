import { isRecord } from '../protocol/is-record.js';
import { parseJson } from '../protocol/parse-json.js';
import { writeJson } from '../protocol/write-json.js';
import { type BranchTree, parseBranchTree } from './branch-tree.js';
import type { ConversationMessage } from './conversation-message.js';
import { isTime, parseMessage } from './parse-message.js';

/** Where a reader stands in a running answer of the server; what `resume` of a client takes. */
export interface AnswerPlace {
  readonly streamId: string;
  /** Undefined before the first event. */
  readonly lastEventId?: string | undefined;
}

/** What a list of conversations shows of one. */
export interface ConversationHead {
  readonly id: string;
  readonly title: string;
  /** Whether the visitor gave the title. */
  readonly isNamed: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Answers that ended while the conversation was not in view. */
  readonly unread: number;
  /** Whether an answer was under way when it was stored. */
  readonly isLive: boolean;
}

/** An answer under way, as far as it has come. */
export interface StoredAnswer {
  readonly message: ConversationMessage;
  /** Where exactly `message` ends. Without it the answer cannot be resumed. */
  readonly place: AnswerPlace | undefined;
}

/** A conversation as it is stored. */
export interface StoredConversation extends ConversationHead {
  /** Every version of every message, without the answer under way. */
  readonly tree: BranchTree;
  readonly live: StoredAnswer | undefined;
  /** When a server that has asked to wait may be asked again, in milliseconds since 1970. */
  readonly retryAt?: number | undefined;
}

/** Version of the format; others are not read. */
const version = 1;
const maxTitleLength = 200;

/** Writes a conversation as two lines of JSON: the head, so that a list need not read the rest, and the rest. */
export function encodeConversation({ tree, live, retryAt, ...head }: StoredConversation): string {
  return `${writeJson({ version, ...head })}\n${writeJson({ tree, live, retryAt })}`;
}

/** Reads the head of a stored conversation; undefined when it is not one. */
export function parseHead(text: string): ConversationHead | undefined {
  const head = parseLine(text.split('\n', 1)[0]);
  if (head?.['version'] !== version) return undefined;
  const { id, title, isNamed, createdAt, updatedAt, unread, isLive } = head;
  if (typeof id !== 'string' || !isTime(createdAt) || !isTime(updatedAt)) return undefined;
  return {
    id,
    title: typeof title === 'string' ? title.slice(0, maxTitleLength) : '',
    isNamed: isNamed === true,
    createdAt,
    updatedAt,
    unread: Number.isSafeInteger(unread) ? Math.max(0, unread as number) : 0,
    isLive: isLive === true,
  };
}

/** Reads a stored conversation; undefined when it is not one. */
export function parseConversation(text: string): StoredConversation | undefined {
  const head = parseHead(text);
  const body = parseLine(text.slice(text.indexOf('\n') + 1));
  const tree = parseBranchTree(body?.['tree'], parseMessage);
  const retryAt = body?.['retryAt'];
  return head && tree && { ...head, tree, live: parseAnswer(body?.['live']), ...(isTime(retryAt) && { retryAt }) };
}

/** Reads an answer under way; undefined when it is not one. */
export function parseAnswer(value: unknown): StoredAnswer | undefined {
  if (!isRecord(value)) return undefined;
  const message = parseMessage(value['message']);
  return message?.role === 'assistant' ? { message, place: parsePlace(value['place']) } : undefined;
}

/** Both go into a request: only what our servers write is accepted. */
function parsePlace(value: unknown): AnswerPlace | undefined {
  if (!isRecord(value)) return undefined;
  const { streamId, lastEventId } = value;
  if (typeof streamId !== 'string' || !/^[\w.-]{1,200}$/.test(streamId)) return undefined;
  if (lastEventId === undefined) return { streamId };
  return typeof lastEventId === 'string' && /^[\w.-]{1,200}:\d{1,15}$/.test(lastEventId)
    ? { streamId, lastEventId }
    : undefined;
}

function parseLine(line = ''): Record<string, unknown> | undefined {
  const value = parseJson(line);
  return isRecord(value) ? value : undefined;
}
