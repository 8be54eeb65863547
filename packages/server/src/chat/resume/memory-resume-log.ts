import { openReader } from './open-reader.js';
import { isSameOwner } from './owner-key.js';
import { ReplayBuffer } from './replay-buffer.js';
import { createResumeError, type LossReason } from './resume-error.js';
import {
  type CreateLogOptions,
  defaultResumeLimits,
  type ReadLogOptions,
  type ResumeFrame,
  type ResumeLimits,
  type ResumeLog,
  type ResumeWriter,
} from './resume-log.js';

/** One log of this process. */
export interface LogEntry {
  readonly streamId: string;
  readonly owner: string;
  readonly countAs: string;
  readonly resumeMs: number;
  readonly buffer: ReplayBuffer;
  readonly stopped: AbortController;
  /** False once the log is not to be found any more. */
  isKept: boolean;
  /** Why the buffer was closed. */
  loss: LossReason | undefined;
  /** The first connection counts as one while it is there. */
  readers: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Keeps the logs of one process in memory. */
export class MemoryResumeLog implements ResumeLog {
  readonly #limits: ResumeLimits;
  /** The oldest first. */
  readonly #entries: Map<string, LogEntry> = new Map();
  #totalBytes = 0;

  constructor(limits: Partial<ResumeLimits> = {}) {
    this.#limits = { ...defaultResumeLimits, ...limits };
  }

  create({ streamId, owner, countAs = owner, resumeMs }: CreateLogOptions): ResumeWriter | undefined {
    if (this.#entries.has(streamId) || !this.#makeRoom(countAs)) return undefined;
    const entry: LogEntry = {
      streamId,
      owner,
      countAs,
      resumeMs: Math.min(resumeMs, this.#limits.maxResumeMs),
      buffer: new ReplayBuffer(),
      stopped: new AbortController(),
      isKept: true,
      loss: undefined,
      readers: 1,
      timer: undefined,
    };
    this.#entries.set(streamId, entry);
    let attached = true;
    return {
      streamId,
      get isKept() {
        return entry.isKept;
      },
      signal: entry.stopped.signal,
      append: (seq, frame) => this.#append(entry, seq, frame),
      finish: () => {
        entry.buffer.end();
        this.#arm(entry);
      },
      detach: () => {
        if (attached) this.#leave(entry);
        attached = false;
      },
    };
  }

  async read(streamId: string, options: ReadLogOptions): Promise<AsyncIterable<ResumeFrame> | undefined> {
    const entry = this.find(streamId, options.owner);
    if (!entry) return undefined;
    entry.readers += 1;
    this.#arm(entry);
    return openReader({
      pull: (signal) => replay(entry, options.afterSeq, signal),
      signal: options.signal,
      onLeave: () => this.#leave(entry),
    });
  }

  async remove(streamId: string, owner: string): Promise<boolean> {
    const entry = this.find(streamId, owner);
    if (entry) this.stop(entry, 'removed');
    return entry !== undefined;
  }

  async close(): Promise<void> {
    for (const entry of [...this.#entries.values()]) this.stop(entry, 'abandoned');
  }

  /** The log of this process, for its owner only. */
  find(streamId: string, owner: string): LogEntry | undefined {
    const entry = this.#entries.get(streamId);
    return entry && isSameOwner(entry.owner, owner) ? entry : undefined;
  }

  /** Ends a log at once, its readers and its generation with it. */
  stop(entry: LogEntry, reason: LossReason): void {
    this.#forget(entry);
    this.#close(entry, reason);
    entry.stopped.abort(createResumeError(reason));
  }

  /** Another instance has a reader: the time until the log is given up starts again. */
  touch(entry: LogEntry): void {
    this.#arm(entry);
  }

  #append(entry: LogEntry, seq: number, frame: string): void {
    const { buffer } = entry;
    const before = buffer.bytes;
    buffer.append(seq, frame);
    this.#totalBytes += buffer.bytes - before;
    const { maxStreamBytes, maxTotalBytes } = this.#limits;
    if (buffer.bytes <= maxStreamBytes && (this.#totalBytes <= maxTotalBytes || this.#dropEnded())) return;
    // The first connection does not need the log: it goes on, and only the return to it is lost.
    this.#forget(entry);
    this.#close(entry, 'dropped');
    if (entry.readers === 0) entry.stopped.abort(createResumeError('dropped'));
  }

  #leave(entry: LogEntry): void {
    entry.readers -= 1;
    if (entry.loss !== undefined && entry.readers === 0) entry.stopped.abort(createResumeError(entry.loss));
    this.#arm(entry);
  }

  /** Sets the one timer of a log: how long it stays after its end, or without a reader. */
  #arm(entry: LogEntry): void {
    clearTimeout(entry.timer);
    if (!entry.isKept) return;
    if (entry.buffer.status === 'open' && entry.readers > 0) return;
    const expire = () => {
      // Readers that are still behind keep the frames that they hold.
      if (entry.buffer.status === 'ended') this.#forget(entry);
      else this.stop(entry, 'abandoned');
    };
    entry.timer = setTimeout(expire, entry.resumeMs).unref();
  }

  #makeRoom(countAs: string): boolean {
    const { maxStreams, maxStreamsPerOwner } = this.#limits;
    const own = [...this.#entries.values()].filter((entry) => entry.countAs === countAs);
    if (own.length >= maxStreamsPerOwner && !this.#forgetEnded(own)) return false;
    return this.#entries.size < maxStreams || this.#forgetEnded(this.#entries.values());
  }

  /** Gives up the oldest log that has ended: its reader has most likely all of it. */
  #forgetEnded(entries: Iterable<LogEntry>): boolean {
    for (const entry of entries) {
      if (entry.buffer.status !== 'ended') continue;
      this.#forget(entry);
      return true;
    }
    return false;
  }

  #dropEnded(): boolean {
    while (this.#totalBytes > this.#limits.maxTotalBytes) {
      if (!this.#forgetEnded(this.#entries.values())) return false;
    }
    return true;
  }

  #forget(entry: LogEntry): void {
    clearTimeout(entry.timer);
    if (!entry.isKept) return;
    entry.isKept = false;
    this.#entries.delete(entry.streamId);
    this.#totalBytes -= entry.buffer.bytes;
  }

  #close(entry: LogEntry, reason: LossReason): void {
    entry.loss ??= reason;
    entry.buffer.close();
  }
}

async function* replay(entry: LogEntry, afterSeq: number, signal: AbortSignal): AsyncGenerator<ResumeFrame, void> {
  const { buffer } = entry;
  let index = buffer.indexAfter(afterSeq);
  while (!signal.aborted) {
    if (entry.loss !== undefined) throw createResumeError(entry.loss);
    const frame = buffer.at(index);
    if (frame) {
      index += 1;
      yield frame;
    } else if (buffer.status === 'ended') return;
    else await buffer.changed(signal);
  }
}
