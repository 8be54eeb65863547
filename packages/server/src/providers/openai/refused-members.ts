import type { ChatRequest } from '@nova-chat/client/protocol';
import { createCallId } from '../shared/create-call-id.js';
import { isRecord, toRecords, toText } from '../shared/json-value.js';

/**
 * What a server refuses of requests, learned from its refusals. OpenAI's API has dialects: Mistral takes neither
 * `stream_options` nor `max_completion_tokens`, OpenAI's own reasoning models take no `max_tokens`, and the newer ones
 * no tools unless they are told not to reason, and Groq, Cerebras and Mistral take no message with members that another
 * provider put there, such as `reasoning_content`. Mistral takes no ids of calls but its own.
 */
export interface RefusedMembers {
  /** Gives a request without what its model has refused before. */
  leaveOut(request: ChatRequest): ChatRequest;
  /**
   * Tells whether a request that was refused can do without what the refusal names, and keeps that in mind. Other members
   * are the caller's wish, and so is what becomes of it. What is kept changes the requests of everybody: a limit always
   * keeps one of its names, and what turns out wrong is forgotten.
   */
  adaptToRefusal(refusal: { status: number; text: string }, asked: { body: object }): boolean;
}

type Members = Record<string, unknown>;

/** Two names of one limit; a server knows one of them at least. */
const limits = [
  ['max_tokens', 'max_completion_tokens'],
  ['max_completion_tokens', 'max_tokens'],
] as const;
/** Kept of a server that takes either name, but not both in one request. No member can have this name. */
const bothLimits = 'both limits';
/** Kept of a server that takes ids of calls in its own form only: nine letters and digits. */
const ownIds = 'own ids';
const isOwnId = /^[a-zA-Z0-9]{9}$/;
/** Of the models that reason unasked, too: with tools they want to be told `none`. */
const effort = 'reasoning_effort';
const ownOfMessage = new Set(['role', 'content', 'name', 'tool_calls', 'tool_call_id', 'function_call']);
const ownOfCall = new Set(['id', 'type', 'function']);
/** What providers and their frameworks put into messages. */
const usual = new Set([
  ...['annotations', 'audio', 'citations', 'extra_content', 'images', 'index', 'parsed', 'provider_specific_fields'],
  ...['reasoning', 'reasoning_content', 'reasoning_details', 'refusal', 'thinking', 'thinking_blocks'],
  ...['stream_options', ...limits.flat(), bothLimits, ownIds, effort],
]);
/** Callers can make up as many members as they like: beyond so many, what is not usual is not kept. */
const maxOddNames = 64;
/** As said of a member that must not be there; a member that is missing or has a bad value is told in other words. */
const refusing = /unsupported|not supported|not permitted|unexpected|unknown|unrecognized|with a length of 9/i;

/** Creates the memory of one server; it begins by taking the server for one that takes everything. */
export function createRefusedMembers(): RefusedMembers {
  /** By model: the models of one server differ. */
  const refused = new Map<unknown, Set<string>>();
  return {
    leaveOut(request) {
      const names = refused.get(request.model);
      return names ? without(request, names) : request;
    },
    adaptToRefusal({ status, text }, { body }) {
      if ((status !== 400 && status !== 422) || !refusing.test(text) || !isRecord(body)) return false;
      const names = refused.get(body['model']) ?? new Set();
      const named = readNamed(body, text);
      // What we wrote in place of what was refused before is refused too.
      const wrong: string[] = limits.flatMap(([name, other]) => (named.has(name) && names.has(other) ? [other] : []));
      if (names.has(effort) && body[effort] === 'none' && text.includes(effort)) wrong.push(effort);
      for (const name of wrong) names.delete(name);
      const odd = [...names, ...named].filter((name) => !usual.has(name));
      if (wrong.length > 0 || odd.length > maxOddNames) return false;
      for (const name of named) names.add(name);
      refused.set(body['model'], names);
      return named.size > 0;
    },
  };
}

/** Names what a refusal says that the request can do without. */
function readNamed(body: Members, text: string): Set<string> {
  const words = new Set(text.match(/\w+/g));
  const named = new Set(toOptional(body).filter((name) => words.has(name)));
  if (limits.every(([name]) => named.has(name))) {
    for (const [name] of limits) named.delete(name);
    named.add(bothLimits);
  }
  if (/tool call id .*with a length of 9/i.test(text) && hasForeignIds(body)) named.add(ownIds);
  // A server that refuses the member, or one of its values, would refuse `none` too.
  if (!words.has('tools') || !words.has('none')) named.delete(effort);
  return named;
}

function without(request: ChatRequest, names: ReadonlySet<string>): ChatRequest {
  const { messages, ...rest } = request;
  const body: Members = rest;
  for (const [name, other] of limits) {
    if (!names.has(name)) continue;
    body[other] ??= body[name];
    delete body[name];
  }
  if (names.has(bothLimits))
    delete body[body['max_completion_tokens'] == null ? 'max_completion_tokens' : 'max_tokens'];
  if (names.has(effort) && hasTools(body)) body[effort] = 'none';
  if (names.has('stream_options')) delete body['stream_options'];
  return { ...body, messages: messages.map((message) => withoutForeign(message, names)) as ChatRequest['messages'] };
}

function hasTools({ tools }: Members): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

function withoutForeign(message: object, names: ReadonlySet<string>): object {
  const kept = keep(message, (name) => ownOfMessage.has(name) || !names.has(name));
  const id = toText(kept['tool_call_id']);
  if (id && names.has(ownIds)) kept['tool_call_id'] = toOwnId(id);
  const calls = kept['tool_calls'];
  if (!Array.isArray(calls)) return kept;
  return { ...kept, tool_calls: calls.map((call: unknown) => (isRecord(call) ? toOwnCall(call, names) : call)) };
}

function toOwnCall(call: Members, names: ReadonlySet<string>): Members {
  const kept = keep(call, (name) => ownOfCall.has(name) || !names.has(name));
  return names.has(ownIds) ? { ...kept, id: toOwnId(toText(kept['id'])) } : kept;
}

function toOwnId(id: string): string {
  return isOwnId.test(id) ? id : createCallId(id);
}

function hasForeignIds({ messages }: Members): boolean {
  return toRecords(messages).some((message) =>
    [{ id: message['tool_call_id'] }, ...toRecords(message['tool_calls'])].some(
      ({ id }) => id && !isOwnId.test(toText(id)),
    ),
  );
}

function keep(members: object, isKept: (name: string) => boolean): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => isKept(name)));
}

/** Names what a request can do without, or say otherwise. */
function toOptional(request: Members): string[] {
  const messages = toRecords(request['messages']);
  const calls = messages.flatMap((message) => toRecords(message['tool_calls']));
  const names = [
    ...['stream_options', 'max_tokens', 'max_completion_tokens'].filter((name) => name in request),
    ...(hasTools(request) && request[effort] !== 'none' ? [effort] : []),
    ...messages.flatMap((message) => Object.keys(message).filter((name) => !ownOfMessage.has(name))),
    ...calls.flatMap((call) => Object.keys(call).filter((name) => !ownOfCall.has(name))),
  ];
  // What else a caller may have made up is no pattern.
  return [...new Set(names)].filter((name) => /^\w{1,64}$/.test(name));
}
