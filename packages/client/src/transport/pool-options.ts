/** Options of `createPool`. Numbers of connections are for each origin. */
export interface PoolOptions {
  /** Sockets at most, running and idle together. Default 100. */
  maxConnections?: number | undefined;
  /** Idle sockets that are kept. Those beyond it are closed after half a second without use. Default 20. */
  maxIdleConnections?: number | undefined;
  /** How long an idle socket is kept when the server does not say, in ms. Default 30 000. */
  keepAliveTimeoutMs?: number | undefined;
  /** Longest wait for a TCP and TLS handshake, in ms. Default 5 000. */
  connectTimeoutMs?: number | undefined;
  /** Longest wait for a socket while all are in use, in ms. Default 10 000. Then `queue_timeout`. */
  queueTimeoutMs?: number | undefined;
}

/** The options of a pool with none left out. */
export type PoolSettings = Record<keyof PoolOptions, number>;

/** What a pool does at this moment. */
export interface PoolStats {
  /** Sockets that are connected. */
  open: number;
  /** Sockets that are connected and serve nothing. */
  idle: number;
  /** Requests that have a socket, or are connecting one. */
  running: number;
  /** Requests that wait for a socket. */
  queued: number;
}
