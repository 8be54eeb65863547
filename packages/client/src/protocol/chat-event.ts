import type { FinishReason, ProviderSwitch, UrlCitation, Usage } from './chat-completion.js';
import type { NovaErrorCode } from './error-code.js';

/** How a stream ended. The text that arrived is there in all four cases. */
export type Outcome = 'complete' | 'truncated' | 'aborted' | 'failed';

/** What a reader of a failed answer may know of the failure; a `NovaError` has this shape. */
export interface ChatFailure {
  /** One of the client's codes, or a word of a transport of one's own. */
  code: NovaErrorCode | (string & {});
  message: string;
  retryable: boolean;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
}

/**
 * How an answer ended, discriminated by `outcome`: a failure has its `error`, what is whole or was stopped has none. The
 * client says of a truncated answer too what it lacks; a transport of one's own may leave that open.
 */
export type ChatEnd =
  | { outcome: 'complete' | 'aborted'; error?: undefined }
  | { outcome: 'truncated'; error?: ChatFailure | undefined }
  | { outcome: 'failed'; error: ChatFailure };

/**
 * One event of an answer, named noun-action. A stream yields any number of them and then exactly one `end`; it never
 * throws. `choice` is the index of the choice (0 unless `n` was asked for).
 */
export type ChatEvent =
  | { type: 'stream-start'; streamId?: string | undefined; provider?: string | undefined; model: string }
  | { type: 'text-delta'; text: string; choice: number }
  | { type: 'reasoning-delta'; text: string; choice: number }
  | { type: 'refusal-delta'; text: string; choice: number }
  | { type: 'tool-call-delta'; index: number; id?: string; name?: string; arguments?: string; choice: number }
  | { type: 'citation'; citation: UrlCitation; choice: number }
  | { type: 'provider-switch'; switch: ProviderSwitch }
  /** Questions that may be asked next; a later list takes the place of an earlier one. */
  | { type: 'suggestions'; suggestions: string[] }
  | { type: 'usage'; usage: Usage }
  | ({ type: 'end'; finishReason?: FinishReason | undefined } & ChatEnd);
