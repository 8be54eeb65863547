import type { AttemptReport } from '../errors/api-error.js';

/** What is known of a request, filled in along the way: all of it is logged, and the answer names the provider. */
export interface RequestRecord {
  /** The provider that served the answer, or was asked last. */
  provider?: string | undefined;
  model?: string | undefined;
  outcome?: 'complete' | 'aborted' | 'failed' | undefined;
  /** Code of the error that the caller got. */
  code?: string | undefined;
  /** Provider calls made. */
  attempts?: number | undefined;
  /** How often another provider went on with the answer. */
  switches?: number | undefined;
  firstTokenMs?: number | undefined;
  promptTokens?: number | undefined;
  completionTokens?: number | undefined;
  /** Provider calls that failed; `class` is what happened, as in `last_error` of a provider's health. */
  failures?: readonly (AttemptReport & { class: string })[];
  /** Errors of our own code: logged with their stack. */
  faults?: readonly unknown[];
  /** Set when the response goes on after its headers; the line is written when it settles. */
  ended?: Promise<void>;
}
