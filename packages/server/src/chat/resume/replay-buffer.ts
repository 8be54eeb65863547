import type { ResumeFrame } from './resume-log.js';

/** `closed`: its frames are gone. */
type BufferStatus = 'open' | 'ended' | 'closed';

/** What a frame costs beside its text. */
const overheadBytes = 64;

/** The frames of one stream, and the readers that wait for more. Frames are only added, so a reader's place is an index. */
export class ReplayBuffer {
  #frames: ResumeFrame[] = [];
  #status: BufferStatus = 'open';
  #bytes = 0;
  readonly #waiting: Set<() => void> = new Set();

  get status(): BufferStatus {
    return this.#status;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get lastSeq(): number {
    return this.#frames.at(-1)?.seq ?? -1;
  }

  append(seq: number, frame: string): void {
    if (this.#status !== 'open' || seq <= this.lastSeq) return;
    this.#frames.push({ seq, frame });
    this.#bytes += Buffer.byteLength(frame) + overheadBytes;
    this.#wake();
  }

  end(): void {
    if (this.#status !== 'open') return;
    this.#status = 'ended';
    this.#wake();
  }

  close(): void {
    this.#status = 'closed';
    this.#frames = [];
    this.#bytes = 0;
    this.#wake();
  }

  /** The place of the first frame after `seq`. */
  indexAfter(seq: number): number {
    let [low, high] = [0, this.#frames.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#frames[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  at(index: number): ResumeFrame | undefined {
    return this.#frames[index];
  }

  slice(from: number, count: number): readonly ResumeFrame[] {
    return this.#frames.slice(from, from + count);
  }

  /** Resolves at the next change, after `timeoutMs`, or when the signal aborts. */
  changed(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs).unref();
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
