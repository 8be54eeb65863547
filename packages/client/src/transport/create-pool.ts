import { isNovaError, NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { checkOptions } from '../options/check-options.js';
import { fromOne, fromZero, ms } from '../options/option-rules.js';
import { decodeBody } from './decode-body.js';
import { followRedirects } from './follow-redirects.js';
import { OriginPool } from './origin-pool.js';
import type { PoolOptions, PoolSettings, PoolStats } from './pool-options.js';
import { sendOverLease } from './send-over-lease.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

/** A transport over kept-alive connections. */
export interface Pool extends Transport {
  /** Gives the current state of the pool, for one origin (`https://host:port`) or for all. */
  stats(origin?: string): PoolStats;
  /** Refuses new requests, waits for the running ones and closes the sockets. */
  close(): Promise<void>;
}

/**
 * Creates a pool of connections for Node, on undici's clients and without `fetch`, which costs about three times the
 * CPU. A request on an idle socket that the peer had closed, which shows within a second, is sent once more on a fresh
 * one. Redirects are followed on the same origin only. Throws `invalid_option`.
 */
export function createPool(options: PoolOptions = {}): Pool {
  checkOptions(options, {
    maxConnections: fromOne,
    maxIdleConnections: fromZero,
    keepAliveTimeoutMs: ms,
    connectTimeoutMs: ms,
    queueTimeoutMs: ms,
  });
  const settings: PoolSettings = {
    maxConnections: options.maxConnections ?? 100,
    maxIdleConnections: options.maxIdleConnections ?? 20,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 30_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    queueTimeoutMs: options.queueTimeoutMs ?? 10_000,
  };
  const origins = new Map<string, OriginPool>();
  let closing: Promise<unknown> | undefined;

  const sendOnce = async (request: TransportRequest): Promise<TransportResponse> => {
    if (request.signal?.aborted) throw toAbortError(request.signal);
    const target = toTarget(request.url);
    const pool = origins.get(target.origin) ?? new OriginPool(target.origin, settings);
    origins.set(target.origin, pool);
    const response = await sendFresh(pool, request, target);
    const encoding = response.headers.get('content-encoding');
    return encoding ? { ...response, body: decodeBody(response.body, encoding) } : response;
  };

  return {
    async send(request) {
      if (closing) throw new NovaError({ code: 'connection_error', message: 'The pool is closed.', retryable: false });
      return followRedirects(request, sendOnce);
    },
    stats(origin) {
      const all = origin === undefined ? [...origins.values()] : [origins.get(origin)];
      const sum: PoolStats = { open: 0, idle: 0, running: 0, queued: 0 };
      for (const stats of all.map((pool) => pool?.stats())) {
        if (!stats) continue;
        for (const key of Object.keys(sum) as (keyof PoolStats)[]) sum[key] += stats[key];
      }
      return sum;
    },
    async close() {
      closing ??= Promise.all([...origins.values()].map((pool) => pool.close()));
      await closing;
    },
  };
}

/** A socket that was closed while it was idle breaks as soon as it is written to. */
const staleMs = 1000;

async function sendFresh(pool: OriginPool, request: TransportRequest, target: URL): Promise<TransportResponse> {
  const lease = await pool.acquire(request.signal);
  const sentAt = performance.now();
  try {
    return await sendOverLease(lease, request, target);
  } catch (error) {
    const isStale = lease.reused && performance.now() - sentAt < staleMs;
    // A request that breaks later may have been processed: sending it again is for the caller to decide.
    if (!(isStale && isNovaError(error) && error.code === 'connection_error' && error.retryable)) throw error;
    return sendOverLease(await pool.acquire(request.signal, true), request, target);
  }
}

function toTarget(url: string): URL {
  const target = URL.parse(url);
  if (target?.protocol === 'http:' || target?.protocol === 'https:') return target;
  throw new NovaError({
    code: 'invalid_option',
    message: 'A pool needs a whole URL with http: or https:. Check baseUrl.',
  });
}
