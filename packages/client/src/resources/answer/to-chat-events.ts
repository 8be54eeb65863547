import type { ChatChunk, ChatEvent, UrlCitation } from '../../protocol/index.js';

/** Says a chunk as events, in the order in which a reader wants them. */
export function toChatEvents(chunk: ChatChunk, emit: (event: ChatEvent) => void): void {
  if (chunk.nova?.switched) emit({ type: 'provider-switch', switch: chunk.nova.switched });
  chunk.choices.forEach(({ index: choice, delta }) => {
    if (delta.reasoning_content) emit({ type: 'reasoning-delta', text: delta.reasoning_content, choice });
    if (delta.content) emit({ type: 'text-delta', text: delta.content, choice });
    if (delta.refusal) emit({ type: 'refusal-delta', text: delta.refusal, choice });
    delta.tool_calls?.forEach(({ index = 0, id, function: { name, arguments: args } = {} }) => {
      emit({
        type: 'tool-call-delta',
        index,
        ...(id && { id }),
        ...(name && { name }),
        ...(args && { arguments: args }),
        choice,
      });
    });
    delta.annotations?.forEach(({ url_citation: citation }) => {
      if (typeof citation?.url === 'string') emit({ type: 'citation', citation: withTitle(citation), choice });
    });
  });
  const { suggestions } = chunk.nova ?? {};
  if (Array.isArray(suggestions)) emit({ type: 'suggestions', suggestions });
  if (chunk.usage) emit({ type: 'usage', usage: chunk.usage });
}

/** Some servers leave the title out, and what is shown as text must be one. */
function withTitle(citation: UrlCitation): UrlCitation {
  return typeof citation.title === 'string' ? citation : { ...citation, title: '' };
}
