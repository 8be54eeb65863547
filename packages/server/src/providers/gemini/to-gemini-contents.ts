import type { AssistantMessage, ChatMessage, ToolMessage } from '@nova-chat/client/protocol';
import { createCallerError } from '../shared/create-caller-error.js';
import { continueTurn, placeholderTurn } from '../shared/filler-turns.js';
import { isRecord } from '../shared/json-value.js';
import { parseExactJson } from '../shared/parse-exact-json.js';
import { readContent, readText } from '../shared/read-content.js';
import { readToolCall } from '../shared/read-tool-call.js';
import type { GeminiTraits } from './gemini-traits.js';
import type { GeminiContent, RequestPart } from './gemini-wire.js';
import { foreignSignature, readThoughtSignature } from './thought-signature.js';

/** A conversation in Gemini's order. */
export interface GeminiConversation {
  /** Empty when there is none. */
  system: string;
  contents: GeminiContent[];
}

/**
 * Converts the messages of a conversation. System and developer messages, also those in the middle, are put together
 * in the system instruction; neighbours of one role are merged, so that the results of parallel calls share a turn, as
 * Gemini asks. The last turn is the user's where the model does not take prefill. Throws a caller error about a tool
 * message whose call is not there: Gemini goes by the function's name.
 */
export function toGeminiContents(
  messages: readonly ChatMessage[],
  options: Pick<GeminiTraits, 'needsSignature' | 'prefill'> & { dropsSignatures?: boolean },
): GeminiConversation {
  const { needsSignature, dropsSignatures = false, prefill } = options;
  const system: string[] = [];
  const contents: GeminiContent[] = [];
  const names = new Map<string, string>();
  messages.forEach((message, index) => {
    const param = `messages[${index}]`;
    if (message.role === 'system' || message.role === 'developer') {
      const text = readText(message.content, param);
      if (text) system.push(text);
      return;
    }
    const parts = toParts(message, { param, names, needsSignature, dropsSignatures });
    if (parts.length === 0) return;
    const role = message.role === 'assistant' ? 'model' : 'user';
    const last = contents.at(-1);
    if (last?.role === role) for (const part of parts) last.parts.push(part);
    else contents.push({ role, parts });
  });
  if (contents[0]?.role !== 'user') contents.unshift({ role: 'user', parts: [{ text: placeholderTurn }] });
  if (!prefill && contents.at(-1)?.role === 'model') contents.push({ role: 'user', parts: [{ text: continueTurn }] });
  return { system: system.join('\n'), contents };
}

interface Place {
  param: string;
  /** Functions by the id of their call. */
  names: Map<string, string>;
  needsSignature: boolean;
  dropsSignatures: boolean;
}

function toParts(message: ChatMessage, place: Place): RequestPart[] {
  if (message.role === 'assistant') return toModelParts(message, place);
  if (message.role === 'tool') return [toFunctionResponse(message, place)];
  return readContent(message.content, place.param).map((part): RequestPart => {
    if (part.kind === 'text') return { text: part.text };
    if (part.kind === 'link') return { fileData: { ...toMimeType(part.url), fileUri: part.url } };
    return { inlineData: { mimeType: part.mediaType, data: part.base64 } };
  });
}

function toModelParts(message: AssistantMessage, place: Place): RequestPart[] {
  const { param, names, needsSignature, dropsSignatures } = place;
  const said = readText(message.content ?? message.refusal, param);
  const calls = (message.tool_calls ?? []).map((call, index): RequestPart => {
    const { id, name, input } = readToolCall(call, `${param}.tool_calls[${index}]`);
    names.set(id, name);
    const given = dropsSignatures ? undefined : readThoughtSignature(call);
    const signature = given ?? (needsSignature && index === 0 ? foreignSignature : undefined);
    const functionCall = { id, name, args: input };
    return signature ? { functionCall, thoughtSignature: signature } : { functionCall };
  });
  return said ? [{ text: said }, ...calls] : calls;
}

function toFunctionResponse(message: ToolMessage, { param, names }: Place): RequestPart {
  const { tool_call_id: id } = message;
  const name = names.get(id);
  if (name === undefined) {
    throw createCallerError({
      message: `No assistant message before '${param}' has a tool call with its 'tool_call_id'.`,
      param: `${param}.tool_call_id`,
      code: 'invalid_value',
    });
  }
  return { functionResponse: { id, name, response: toResponse(readText(message.content, param)) } };
}

/** A function's response must be an object; `output` is Google's name for one that is not. */
function toResponse(text: string): Record<string, unknown> {
  const value = parseExactJson(text);
  if (isRecord(value)) return value;
  return { output: Array.isArray(value) ? value : text };
}

const mimeTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
};

function toMimeType(url: string): { mimeType?: string } {
  const ending = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  const mimeType = Object.hasOwn(mimeTypes, ending) ? mimeTypes[ending] : undefined;
  return mimeType ? { mimeType } : {};
}
