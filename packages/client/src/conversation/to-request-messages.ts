import type { ChatMessage, UserPart } from '../protocol/index.js';
import type { Attachment, ConversationMessage, ToolStep } from './conversation-message.js';

/**
 * Gives the history as it is sent: without questions that never arrived and answers without a word, with the part of
 * a broken-off answer that the reader has seen, and with the tools that have been run on the way to it.
 */
export function toRequestMessages(messages: readonly ConversationMessage[]): ChatMessage[] {
  return messages.flatMap((message): ChatMessage[] => {
    const { role, status, text, attachments, toolSteps } = message;
    if (role === 'user') return status === 'failed' ? [] : [{ role, content: toContent(text, attachments) }];
    return text === '' ? [] : [...toToolMessages(toolSteps), { role, content: text }];
  });
}

/** Gives tools that have been run as the model's calls and what it was told. */
export function toToolMessages(steps: readonly ToolStep[]): ChatMessage[] {
  const told = steps.filter(({ result }) => result !== undefined);
  if (told.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: null,
      tool_calls: told.map(({ id, name, arguments: json }) => ({
        id,
        type: 'function',
        function: { name, arguments: json },
      })),
    },
    ...told.map(({ id, result = '' }): ChatMessage => ({ role: 'tool', tool_call_id: id, content: result })),
  ];
}

function toContent(text: string, attachments: readonly Attachment[]): string | UserPart[] {
  if (attachments.length === 0) return text;
  const parts = attachments.map(
    (attachment): UserPart =>
      attachment.type === 'image'
        ? { type: 'image_url', image_url: { url: attachment.url } }
        : { type: 'text', text: `${attachment.name}:\n\n${attachment.text}` },
  );
  return text === '' ? parts : [...parts, { type: 'text', text }];
}
