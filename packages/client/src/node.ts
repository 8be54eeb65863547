export { createPool, type Pool } from './transport/create-pool.js';
export type { PoolOptions, PoolStats } from './transport/pool-options.js';
