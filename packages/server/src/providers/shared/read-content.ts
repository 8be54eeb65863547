import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';
import { type ImageSource, parseImageUrl } from './parse-image-url.js';
import { type FileSource, readFilePart } from './read-file-part.js';

/** A part of a message. `param` is its place in the request, and `given` what the caller wrote. */
export type ContentPart = ({ kind: 'text'; text: string } | ImageSource | FileSource) & {
  param: string;
  given?: object;
};

/**
 * Takes the parts out of a message's content, empty texts left out. The request's schema lets content through that
 * providers invent, so nothing of a part is taken for granted. Throws a caller error about a part of another type;
 * `param` names the message.
 */
export function readContent(content: unknown, param: string): ContentPart[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content, param }];
  const parts: unknown[] = Array.isArray(content) ? content : [content];
  return parts.flatMap((part, index) => readPart(part, `${param}.content[${index}]`));
}

function readPart(part: unknown, param: string): ContentPart[] {
  const given = isRecord(part) ? part : {};
  const text = given['type'] === 'refusal' ? given['refusal'] : given['text'];
  if ((given['type'] === 'text' || given['type'] === 'refusal') && typeof text === 'string') {
    return text === '' ? [] : [{ kind: 'text', text, param, given }];
  }
  if (given['type'] === 'image_url') {
    const image = given['image_url'];
    return [{ ...parseImageUrl(isRecord(image) ? image['url'] : undefined, param), param, given }];
  }
  const file = readFilePart(given, param);
  return file ? [{ ...file, param, given }] : refusePart(param, 'text or image_url parts');
}

/** Throws the caller error about a part that a provider does not take; `taken` says what it takes. */
export function refusePart(param: string, taken: string): never {
  throw createCallerError({
    message: `The provider cannot take the content part at '${param}'. Send ${taken}.`,
    param,
  });
}

/** Takes the text out of a message's content, its parts joined. Throws a caller error about what is no text. */
export function readText(content: unknown, param: string): string {
  return readContent(content, param)
    .map((part) => (part.kind === 'text' ? part.text : refusePart(part.param, 'only text there')))
    .join('');
}
