import type { NovaErrorCode, Outcome } from '@nova-chat/client/protocol';
import type { FaultScript, FaultStep } from '../../support/fault-server.js';
import { chunkedHead, framed, head, role, settle, text, wholeText } from '../wire.js';

/** One fault on the way of an answer, and what a client that tells the truth says of it. */
export interface FaultCase {
  /** Row of the fault matrix: faults of one kind share a number. */
  row: number;
  name: string;
  script: FaultScript;
  outcome: Outcome;
  /** Text of the answer, or of the part that arrived. */
  text: string;
  code?: NovaErrorCode;
  /** Requests that the server sees. */
  requests: number;
  /** Where the delay of the first retry comes from; `none` when there must be no retry. */
  retrySource?: 'delays' | 'retry-after' | 'none';
  transport?: 'sse' | 'ndjson' | 'json';
  retryAfterMs?: number;
  /** Only through a self-signed TLS server. */
  tls?: true;
}

export const part = 'Hel';
export const partial: readonly FaultStep[] = [head(200), { send: role + text(part) }, settle];
/** Chunked, because a reset ends a body without a declared end as well as any other end does. */
export const chunkedPartial: readonly FaultStep[] = [chunkedHead(), framed(role + text(part)), settle];
export const start: readonly FaultStep[] = [head(200), { send: role }, settle];
export const inSpite = { outcome: 'complete', text: wholeText } as const;
export const never = { outcome: 'failed', text: '' } as const;
export const brokenOff = { outcome: 'failed', text: part, requests: 1 } as const;
