import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';
import { type ImageSource, parseImageUrl } from './parse-image-url.js';

/** A part of a message, as far as every provider here can carry one; `given` is what the caller wrote. */
export type ContentPart = ({ kind: 'text'; text: string } | ImageSource) & { given?: object };

/**
 * Takes the parts out of a message's content, empty texts left out. The request's schema lets content through that
 * providers invent, so nothing of a part is taken for granted. Throws a caller error about audio, files and whatever
 * else; `param` names the message.
 */
export function readContent(content: unknown, param: string): ContentPart[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  const parts: unknown[] = Array.isArray(content) ? content : [content];
  return parts.flatMap((part, index) => readPart(part, `${param}.content[${index}]`));
}

function readPart(part: unknown, param: string): ContentPart[] {
  const record = isRecord(part) ? part : {};
  const text = record['type'] === 'refusal' ? record['refusal'] : record['text'];
  if ((record['type'] === 'text' || record['type'] === 'refusal') && typeof text === 'string') {
    return text === '' ? [] : [{ kind: 'text', text, given: record }];
  }
  if (record['type'] === 'image_url') {
    const image = record['image_url'];
    return [{ ...parseImageUrl(isRecord(image) ? image['url'] : undefined, param), given: record }];
  }
  throw createCallerError({
    message: `The provider cannot take the content part at '${param}'. Send text or image_url parts.`,
    param,
  });
}

/** Takes the text out of a message's content, its parts joined. Throws a caller error about images and the rest. */
export function readText(content: unknown, param: string): string {
  return readContent(content, param)
    .map((part, index) => {
      if (part.kind === 'text') return part.text;
      throw createCallerError({
        message: `The provider takes only text at '${param}'.`,
        param: `${param}.content[${index}]`,
      });
    })
    .join('');
}
