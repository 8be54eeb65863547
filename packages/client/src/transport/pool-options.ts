/** Options of `createPool`. Numbers of connections are for each origin. */
export interface PoolOptions {
  /** Sockets at most, running and idle together. Default 100. */
  maxConnections?: number;
  /** Idle sockets that are kept. Those beyond it are closed half a second after a burst. Default 20. */
  maxIdleConnections?: number;
  /** How long an idle socket is kept when the server does not say, in ms. Default 30 000. */
  keepAliveTimeoutMs?: number;
  /** Longest wait for a TCP and TLS handshake, in ms. Default 5 000. */
  connectTimeoutMs?: number;
  /** Longest wait for a socket while all are in use, in ms. Default 10 000. Then `queue_timeout`. */
  queueTimeoutMs?: number;
}

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
