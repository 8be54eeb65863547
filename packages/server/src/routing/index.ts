export type { BreakerState } from './breaker.js';
export type { Candidates } from './candidates.js';
export { classifyFailure, type FailureCode, type FailureVerdict } from './classify-failure.js';
export { type Attempt, createRouting, type Routing, type RoutingOptions } from './create-routing.js';
export type { HealthReport, ModelHealth, ProviderHealth } from './health-report.js';
export { createRedisSharedState } from './redis-shared-state.js';
export type { SharedState } from './shared-state.js';
export type { Target } from './target.js';
