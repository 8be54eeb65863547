import type { ChatRequest } from '@nova-chat/client/protocol';
import { ApiError } from '../errors/api-error.js';
import type { Refusal } from '../providers/provider.js';
import type { Candidate } from './model-catalog.js';

/** Keeps the candidates that can handle the request. Throws an `ApiError` 400 when there are none. */
export function selectCapable(candidates: readonly Candidate[], request: ChatRequest): readonly Candidate[] {
  let first: Refusal | undefined;
  const capable = candidates.filter(({ provider, model }) => {
    const refusal = provider.refuses?.(request, model);
    first ??= refusal;
    return refusal === undefined;
  });
  if (first && capable.length === 0) throw new ApiError({ status: 400, code: 'unsupported_value', ...first });
  return capable;
}
