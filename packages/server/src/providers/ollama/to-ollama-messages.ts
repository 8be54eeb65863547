import type { ChatMessage } from '@nova-chat/client/protocol';
import { createCallerError } from '../shared/create-caller-error.js';
import { readContent, readText, refusePart } from '../shared/read-content.js';
import { readToolCall } from '../shared/read-tool-call.js';
import type { OllamaMessage } from './ollama-wire.js';

/**
 * Converts the messages of a conversation. Their order and roles stay; `developer` is `system`. What an assistant
 * thought goes back with it. Throws a caller error about an image that is only linked: Ollama fetches nothing.
 */
export function toOllamaMessages(messages: readonly ChatMessage[]): OllamaMessage[] {
  const names = new Map<string, string>();
  return messages.map((message, index) => toMessage(message, { param: `messages[${index}]`, names }));
}

interface Place {
  param: string;
  /** Functions by the id of their call. */
  names: Map<string, string>;
}

function toMessage(message: ChatMessage, { param, names }: Place): OllamaMessage {
  if (message.role === 'user') return toUserMessage(message.content, param);
  if (message.role === 'tool') {
    const { tool_call_id: id } = message;
    const name = names.get(id);
    return {
      role: 'tool',
      content: readText(message.content, param),
      tool_call_id: id,
      ...(name ? { tool_name: name } : {}),
    };
  }
  if (message.role !== 'assistant') return { role: 'system', content: readText(message.content, param) };
  const calls = (message.tool_calls ?? []).map((call, index) => {
    const { id, name, input } = readToolCall(call, `${param}.tool_calls[${index}]`);
    names.set(id, name);
    return { id, function: { name, arguments: input } };
  });
  return {
    role: 'assistant',
    content: readText(message.content ?? message.refusal, param),
    ...(message.reasoning_content ? { thinking: message.reasoning_content } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function toUserMessage(content: unknown, param: string): OllamaMessage {
  const texts: string[] = [];
  const images: string[] = [];
  for (const part of readContent(content, param)) {
    if (part.kind === 'text') texts.push(part.text);
    else if (part.kind === 'inline') images.push(part.base64);
    else if (part.kind === 'file') refusePart(part.param, 'text or images');
    else {
      throw createCallerError({
        message: `Ollama fetches no images. Send the image in '${part.param}' as a data URI in base64.`,
        param: `${part.param}.image_url.url`,
      });
    }
  }
  return { role: 'user', content: texts.join('\n'), ...(images.length > 0 ? { images } : {}) };
}
