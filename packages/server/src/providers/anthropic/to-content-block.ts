import { type ContentPart, refusePart } from '../shared/read-content.js';
import type { DocumentBlock, ImageBlock, TextBlock } from './anthropic-wire.js';

/**
 * Converts a part of a user's message: a PDF and a text become documents
 * (https://platform.claude.com/docs/en/build-with-claude/pdf-support). Throws a caller error about other files.
 */
export function toContentBlock(part: ContentPart): TextBlock | ImageBlock | DocumentBlock {
  if (part.kind === 'text') return { type: 'text', text: part.text };
  if (part.kind === 'link') return { type: 'image', source: { type: 'url', url: part.url } };
  const { mediaType, base64 } = part;
  const source = { type: 'base64' as const, media_type: mediaType, data: base64 };
  if (part.kind === 'inline') return { type: 'image', source };
  const title = part.filename ? { title: part.filename.slice(0, 500) } : {};
  if (mediaType === 'application/pdf') return { type: 'document', source, ...title };
  if (!mediaType.startsWith('text/')) refusePart(part.param, 'text, images, PDF files or text files');
  const data = Buffer.from(base64, 'base64').toString('utf8');
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...title };
}
