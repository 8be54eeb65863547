import { isRecord } from '../shared/json-value.js';

/**
 * What a tool call carries beside OpenAI's members, in the form of Google's own OpenAI endpoint
 * (https://ai.google.dev/gemini-api/docs/thought-signatures#openai).
 */
export interface SignatureCarrier {
  extra_content?: { google: { thought_signature: string } };
}

/** Puts a signature where a client that keeps unknown members will send it back from. */
export function toSignatureCarrier(signature: unknown): SignatureCarrier {
  if (typeof signature !== 'string' || signature === '') return {};
  return { extra_content: { google: { thought_signature: signature } } };
}

/** Reads a signature out of a tool call that came back. */
export function readThoughtSignature(call: object): string | undefined {
  const extra: unknown = 'extra_content' in call ? call.extra_content : undefined;
  const google = isRecord(extra) ? extra['google'] : undefined;
  const signature = isRecord(google) ? google['thought_signature'] : undefined;
  return typeof signature === 'string' && signature !== '' ? signature : undefined;
}

/**
 * Stands in for the signature of a call that another model made, or whose signature the client dropped. Gemini 3
 * refuses a turn's first call without one; this word is Google's for such history
 * (https://ai.google.dev/gemini-api/docs/thought-signatures).
 */
export const foreignSignature: string = 'skip_thought_signature_validator';
