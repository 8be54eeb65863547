import { ApiError } from '../../errors/api-error.js';

/** Why a log ended before its stream did. */
export type LossReason = 'removed' | 'abandoned' | 'dropped' | 'lost';

const errors: Record<LossReason, { status: number; code: string; message: string }> = {
  removed: { status: 499, code: 'aborted', message: 'The answer was stopped by the one who asked.' },
  abandoned: { status: 499, code: 'aborted', message: 'Nobody read the answer any more.' },
  dropped: {
    status: 502,
    code: 'stream_interrupted',
    message: 'The answer has grown too long to be resumed. Ask again.',
  },
  lost: {
    status: 502,
    code: 'stream_interrupted',
    message: 'The server that wrote this answer has gone silent. Ask again.',
  },
};

export function createResumeError(reason: LossReason): ApiError {
  return new ApiError(errors[reason]);
}

/** What is said while Redis cannot be asked about a stream that is not of this instance. */
export function createLookupError(): ApiError {
  return new ApiError({
    status: 503,
    code: 'service_unavailable',
    message: 'It cannot be told now whether there is such a stream. Ask again in a moment.',
    retryAfterMs: 1000,
  });
}
