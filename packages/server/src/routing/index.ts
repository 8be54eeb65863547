export { classifyFailure, type FailureCode, type FailureVerdict } from './classify-failure.js';
export { type Attempt, createRouting, type Routing } from './create-routing.js';
export { createRedisSharedState } from './redis-shared-state.js';
