/**
 * Keeps what a stream has said, so that a reader who lost the connection gets the rest: what it missed, then what
 * comes. Frames are opaque texts; what writes them and how they travel is not known here.
 */

/** One event of a stream. */
export interface ResumeFrame {
  /** Grows along a stream; gaps are fine. */
  seq: number;
  frame: string;
}

/** The log of one answer, as its writer sees it. No verb waits, fails or throws. */
export interface ResumeWriter {
  readonly streamId: string;
  /** False once no reader can come back to the stream. */
  readonly isKept: boolean;
  /**
   * Aborts when no reader is left (`resumeMs` after the last reader left), when the owner removed the stream, or
   * when it can no longer be resumed and its first connection has gone. The reason is an `ApiError`.
   */
  readonly signal: AbortSignal;
  /** A `seq` that is not higher than the last one is left out. */
  append(seq: number, frame: string): void;
  /** Nothing more comes. The log stays for `resumeMs`. */
  finish(): void;
  /** The connection that began the stream has gone. Until then it counts as a reader. */
  detach(): void;
}

export interface CreateLogOptions {
  /** From `createStreamId`. */
  streamId: string;
  /** From `toOwnerKey`: a reader must have the same. */
  owner: string;
  /**
   * Whose quota the stream uses up, e.g. an address. Default `owner`; give another where visitors without credentials
   * would share one.
   */
  countAs?: string;
  /** From `Nova-Resume`, capped at `maxResumeMs`. */
  resumeMs: number;
}

export interface ReadLogOptions {
  owner: string;
  /** The reader's last `seq`; -1 for everything. */
  afterSeq: number;
  /** Ends the reading quietly and frees what it holds. */
  signal: AbortSignal;
}

export interface ResumeLog {
  /** Undefined when there are too many logs: the answer then goes on without one. */
  create(options: CreateLogOptions): ResumeWriter | undefined;
  /**
   * Replays what was missed and goes on live, until the end. Undefined, i.e. 404: unknown, expired, removed, grown too
   * large, or another owner's. Rejects with a 503 while that cannot be told. The iteration throws an `ApiError` when the
   * stream is removed or its writer is lost.
   */
  read(streamId: string, options: ReadLogOptions): Promise<AsyncIterable<ResumeFrame> | undefined>;
  /** Stops the generation and forgets the stream. False: see `read` for undefined. */
  remove(streamId: string, owner: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface ResumeLimits {
  /** Of one stream; a stream that outgrows it goes on without a log. Default 1 MiB. */
  maxStreamBytes: number;
  /** Of all streams of this instance. Default 64 MiB. */
  maxTotalBytes: number;
  /** Default 20. */
  maxStreamsPerOwner: number;
  /** Default 1,000. */
  maxStreams: number;
  /** Default 120 s. */
  maxResumeMs: number;
}

export const defaultResumeLimits: ResumeLimits = {
  maxStreamBytes: 1024 * 1024,
  maxTotalBytes: 64 * 1024 * 1024,
  maxStreamsPerOwner: 20,
  maxStreams: 1000,
  maxResumeMs: 120_000,
};
