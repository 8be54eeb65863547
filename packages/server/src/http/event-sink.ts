/** Where the events of one reader go. */
export interface EventSink {
  /** Takes events as they go over the wire; does nothing when the reader has left. */
  write(text: string): void;
  isOpen(): boolean;
  /** Undefined while the reader keeps up; else settles when it does again, or has left. */
  room(): Promise<void> | undefined;
}

/** The way out of the process. */
export interface Outlet {
  /** False when enough waits there; `drain` is called when it has gone. */
  write(text: string): boolean;
  end(text: string): void;
}

export interface EventSinkOptions {
  /** Silence after which a comment is sent, so that proxies keep the connection. */
  keepAliveMs: number;
  /** Sends a comment at once, so that the headers are not all that the reader sees of a slow answer. */
  openWithComment: boolean;
  /** The reader has left. */
  onLeave(): void;
}

/** A sink, as the owner of its outlet sees it. */
export interface OwnedEventSink extends EventSink {
  /** The outlet has room again. */
  drain(): void;
  /** The reader has left. */
  leave(): void;
  /** Nothing more comes. */
  end(): void;
}

const keepAlive = ': keep-alive\n\n';
/** So much goes out at once, whatever else is about to come, in characters. */
const maxPending = 65_536;

/** Creates the sink in front of an outlet. Events that come together go out in one write. */
export function createEventSink(outlet: Outlet, options: EventSinkOptions): OwnedEventSink {
  let pending = '';
  let isFlushing = false;
  let room: PromiseWithResolvers<void> | undefined;
  let state: 'open' | 'ended' = 'open';

  const take = (): string => {
    const text = pending;
    pending = '';
    return text;
  };
  const flush = (): void => {
    isFlushing = false;
    if (state === 'ended' || pending === '') return;
    silence.refresh();
    if (!outlet.write(take())) room ??= Promise.withResolvers();
  };
  const write = (text: string): void => {
    if (state === 'ended' || text === '') return;
    pending += text;
    if (pending.length > maxPending) flush();
    else if (!isFlushing) {
      isFlushing = true;
      // Runs when no promise is left to settle, that is after all events of one network chunk.
      process.nextTick(flush);
    }
  };
  const drain = (): void => {
    room?.resolve();
    room = undefined;
  };
  const silence = setTimeout(() => write(keepAlive), options.keepAliveMs);
  if (options.openWithComment) write(keepAlive);

  return {
    write,
    drain,
    isOpen: () => state === 'open',
    room: () => room?.promise,
    leave() {
      if (state === 'ended') return;
      state = 'ended';
      clearTimeout(silence);
      drain();
      options.onLeave();
    },
    end() {
      if (state === 'ended') return;
      state = 'ended';
      clearTimeout(silence);
      outlet.end(take());
    },
  };
}
