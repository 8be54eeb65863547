import type { ChatRequest } from '@nova-chat/client/protocol';
import { ApiError } from '../errors/api-error.js';
import type { Refusal } from '../providers/provider.js';
import type { Candidate } from './model-catalog.js';

/** Leaves out those who cannot carry the request. Throws an `ApiError` 400 when that is everybody. */
export function toAbleCandidates(candidates: readonly Candidate[], request: ChatRequest): readonly Candidate[] {
  let first: Refusal | undefined;
  const able = candidates.filter(({ provider, model }) => {
    const refusal = provider.refuses?.(request, model);
    first ??= refusal;
    return refusal === undefined;
  });
  if (first && able.length === 0) throw new ApiError({ status: 400, code: 'unsupported_value', ...first });
  return able;
}
