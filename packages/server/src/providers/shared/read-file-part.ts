import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';
import { type InlineData, parseDataUri } from './parse-data-uri.js';
import type { ImageSource } from './parse-image-url.js';

/** A document or a sound that stands inside the request. */
export interface FileSource extends InlineData {
  kind: 'file';
  filename?: string;
}

const audioTypes: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mp3' };

/**
 * Reads a part of type `file`, which may be an image, or `input_audio`; undefined when it is neither. Throws a caller
 * error about one whose content is not in it: a file that was uploaded is known only to the provider that it was
 * uploaded to. `param` names the part.
 */
export function readFilePart(part: Record<string, unknown>, param: string): FileSource | ImageSource | undefined {
  const { type, file, input_audio: audio } = part;
  if (type === 'file') return readFile(isRecord(file) ? file : {}, `${param}.file.file_data`);
  return type === 'input_audio' ? readAudio(isRecord(audio) ? audio : {}, `${param}.input_audio`) : undefined;
}

function readFile({ file_data: data, filename }: Record<string, unknown>, param: string): FileSource | ImageSource {
  const inline = typeof data === 'string' ? parseDataUri(data.trim()) : undefined;
  if (inline?.mediaType.startsWith('image/')) return { kind: 'inline', ...inline };
  if (inline) return { kind: 'file', ...inline, ...(typeof filename === 'string' && filename ? { filename } : {}) };
  throw createCallerError({
    message: `The provider takes a file only inside the request. Send it in '${param}' as a data URI in base64.`,
    param,
    code: 'invalid_value',
  });
}

function readAudio({ data, format }: Record<string, unknown>, param: string): FileSource {
  const mediaType = typeof format === 'string' && Object.hasOwn(audioTypes, format) ? audioTypes[format] : undefined;
  if (mediaType && typeof data === 'string' && data !== '') return { kind: 'file', mediaType, base64: data };
  throw createCallerError({
    message: `Invalid sound at '${param}': expected 'data' in base64, and 'wav' or 'mp3' as its 'format'.`,
    param,
    code: 'invalid_value',
  });
}
