import { buildConnector, Client } from 'undici';
import { maxTimerMs } from '../errors/max-timer-ms.js';
import { NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import type { PoolSettings, PoolStats } from './pool-options.js';

/** The use of one connection for one request. */
export interface Lease {
  readonly client: Client;
  /** An earlier request went over this socket, so the peer may have closed it meanwhile. */
  readonly reused: boolean;
  /** The response was read to its end; the connection may serve again. */
  release(): void;
  /** The connection is of no more use. */
  drop(error?: Error): void;
}

interface Waiter {
  take(lease: Lease): void;
}

interface IdleClient {
  client: Client;
  /** By `performance.now()`. */
  since: number;
}

/** A burst leaves sockets behind: those beyond the limit are closed when they were not needed for so long. */
const trimMs = 500;

/**
 * Holds the connections to one origin. undici's own pool knows neither a limit of idle sockets, nor a limit of waiting,
 * nor whether a socket was used before; so each connection here is an undici `Client` of its own.
 */
export class OriginPool {
  readonly #origin: string;
  readonly #options: PoolSettings;
  /** One for all clients, as it remembers TLS sessions. */
  readonly #connect: buildConnector.connector;
  /** Used last stands last, and is used first: the oldest are the likeliest to have been closed by the peer. */
  readonly #idle: IdleClient[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #open = new Set<Client>();
  #running = 0;
  #trimTimer: ReturnType<typeof setTimeout> | undefined;
  #onDrained: (() => void) | undefined;

  constructor(origin: string, options: PoolSettings) {
    this.#origin = origin;
    this.#options = options;
    this.#connect = buildConnector({ timeout: options.connectTimeoutMs, allowH2: false });
  }

  /** Gives a connection, or a promise of one. `fresh`: a new one, whatever is idle. Rejects with `queue_timeout`. */
  acquire(signal: AbortSignal | undefined, fresh: boolean = false): Lease | Promise<Lease> {
    const { maxConnections } = this.#options;
    if (this.#running >= maxConnections) return this.#queue(signal);
    // Idle sockets count too, so a fresh one may have to take the place of one of them.
    if (fresh && this.#running + this.#idle.length >= maxConnections) void this.#idle.shift()?.client.destroy();
    return this.#lease(fresh ? undefined : this.#idle.pop()?.client);
  }

  stats(): PoolStats {
    return {
      open: this.#open.size,
      idle: this.#idle.length,
      running: this.#running,
      queued: this.#waiters.size,
    };
  }

  /** Resolves when nothing runs or waits any more and the sockets are closed. */
  async close(): Promise<void> {
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#onDrained = resolve;
      });
    }
    clearTimeout(this.#trimTimer);
    await Promise.all(this.#idle.splice(0).map(({ client }) => client.close()));
  }

  #lease(used: Client | undefined): Lease {
    const client = used ?? this.#createConnection();
    let isOver = false;
    const over = (end: () => void) => (): void => {
      if (isOver) return;
      isOver = true;
      end();
      this.#onLeaseEnd();
    };
    this.#running++;
    return {
      client,
      reused: used !== undefined,
      release: over(() => this.#keep(client)),
      drop: (error) => over(() => void client.destroy(error ?? null))(),
    };
  }

  #createConnection(): Client {
    const client = new Client(this.#origin, {
      connect: this.#connect,
      keepAliveTimeout: this.#options.keepAliveTimeoutMs,
      // The callers have their own timers for both, which know content from comments.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    client.on('connect', () => this.#open.add(client));
    client.on('disconnect', () => {
      this.#open.delete(client);
      const at = this.#idle.findIndex((idle) => idle.client === client);
      if (at === -1) return;
      this.#idle.splice(at, 1);
      void client.close();
    });
    return client;
  }

  #keep(client: Client): void {
    if (!this.#open.has(client)) return void client.close();
    this.#idle.push({ client, since: performance.now() });
    if (!this.#trimTimer) this.#trimLater();
  }

  #trimLater(): void {
    const [oldest] = this.#idle;
    if (!oldest || this.#idle.length <= this.#options.maxIdleConnections) return;
    const leftMs = Math.max(0, oldest.since + trimMs - performance.now());
    this.#trimTimer = setTimeout(() => this.#trim(), leftMs).unref();
  }

  #trim(): void {
    this.#trimTimer = undefined;
    const until = performance.now() - trimMs;
    const surplus = Math.max(0, this.#idle.length - this.#options.maxIdleConnections);
    const unused = this.#idle.slice(0, surplus).filter(({ since }) => since <= until);
    for (const { client } of this.#idle.splice(0, unused.length)) void client.destroy();
    this.#trimLater();
  }

  #onLeaseEnd(): void {
    this.#running--;
    const [waiter] = this.#waiters;
    if (waiter) waiter.take(this.#lease(this.#idle.pop()?.client));
    else if (this.#running === 0) this.#onDrained?.();
  }

  #queue(signal: AbortSignal | undefined): Promise<Lease> {
    const { queueTimeoutMs, maxConnections } = this.#options;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        take(lease) {
          leave();
          resolve(lease);
        },
      };
      const refuse = (error: NovaError): void => {
        leave();
        reject(error);
      };
      const onAbort = (): void => refuse(toAbortError(signal as AbortSignal));
      const timer = setTimeout(
        () => {
          const what = `No connection to ${this.#origin} became free in ${queueTimeoutMs} ms`;
          refuse(new NovaError({ code: 'queue_timeout', message: `${what}; all ${maxConnections} are in use.` }));
        },
        Math.min(queueTimeoutMs, maxTimerMs),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
    });
  }
}
