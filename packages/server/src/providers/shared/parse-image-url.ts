import { createCallerError } from './create-caller-error.js';

/** An image as a caller can give it: inside the request, or at an address. */
export type ImageSource = { kind: 'inline'; mediaType: string; base64: string } | { kind: 'link'; url: string };

const dataUri = /^data:([\w.+-]+\/[\w.+-]+)(?:;[^;,]*)*;base64,/i;

/**
 * Reads the `url` of an image part: a `data:` URI in base64, or an http(s) address. `param` names the part in the error
 * about anything else.
 */
export function parseImageUrl(url: unknown, param: string): ImageSource {
  const text = typeof url === 'string' ? url.trim() : '';
  const head = dataUri.exec(text.slice(0, 200));
  if (head?.[1]) return { kind: 'inline', mediaType: toMediaType(head[1]), base64: text.slice(head[0].length) };
  if (/^https?:\/\//i.test(text)) return { kind: 'link', url: text };
  throw createCallerError({
    message: `Invalid image at '${param}': expected an https URL or a data URI in base64.`,
    param: `${param}.image_url.url`,
    code: 'invalid_value',
  });
}

function toMediaType(given: string): string {
  const type = given.toLowerCase();
  // No registered name, and refused, but what many call it.
  return type === 'image/jpg' ? 'image/jpeg' : type;
}
