import { createCallerError } from './create-caller-error.js';
import { type InlineData, parseDataUri } from './parse-data-uri.js';

/** An image as a caller can give it: inside the request, or at an address. */
export type ImageSource = ({ kind: 'inline' } & InlineData) | { kind: 'link'; url: string };

/**
 * Reads the `url` of an image part: a `data:` URI in base64, or an http(s) address. `param` names the part in the error
 * about anything else.
 */
export function parseImageUrl(url: unknown, param: string): ImageSource {
  const text = typeof url === 'string' ? url.trim() : '';
  const inline = parseDataUri(text);
  if (inline) return { kind: 'inline', ...inline };
  if (/^https?:\/\//i.test(text)) return { kind: 'link', url: text };
  throw createCallerError({
    message: `Invalid image at '${param}': expected an https URL or a data URI in base64.`,
    param: `${param}.image_url.url`,
    code: 'invalid_value',
  });
}
