import { NovaError } from '../errors/nova-error.js';

/** How the messages of a body are told apart. */
export type StreamFormat = 'sse' | 'json';

/** Bodies of these types say by their first bytes what they are; servers label streams with each of them. */
const vague = /^(?:text\/plain|application\/octet-stream|)$/;
const json = /^application\/(?:x-)?(?:ndjson|jsonl|json-seq|json-lines|jsonlines|json|[\w.-]+\+json)$/;

/**
 * Decides how to read a body, from its content type and its first characters, or gives undefined while these do not
 * tell yet. The first characters win over the type where the two cannot both be true: servers label JSON as an event
 * stream. Throws `unexpected_content_type`, never with anything of the body in it.
 */
export function detectFormat(contentType: string | null, start: string, status?: number): StreamFormat | undefined {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isEventStream = type === 'text/event-stream';
  const text = start.trimStart();
  if (isEventStream || json.test(type) || vague.test(type)) {
    if (!text) return undefined;
    if (text[0] === '{' || text[0] === '[') return 'json';
    if (text[0] !== '<' && (isEventStream || /^(?::|data|event|id|retry)/.test(text))) return 'sse';
    if (text.length < 5 && text[0] !== '<') return undefined;
  }
  throw new NovaError({
    code: 'unexpected_content_type',
    message: `Expected events or JSON, got ${type ? `"${type.slice(0, 80)}"` : 'no content type'}${
      text[0] === '<' ? ' with HTML or XML in it' : ''
    }${status ? ` (status ${status})` : ''}. Check that the base URL points to the API.`,
    status,
  });
}
