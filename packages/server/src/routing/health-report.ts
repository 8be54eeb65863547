import type { BreakerState } from './breaker.js';
import type { TargetFigures } from './call-figures.js';
import { toQuantile } from './sample-window.js';

/** What is told of one target, or of all targets of one provider. Times are ISO 8601, in UTC. */
export interface HealthFigures {
  /** Calls go through: the breaker is closed. Of a provider: of one model at least. */
  healthy: boolean;
  /** Of a provider: that of its model that is best off. */
  breaker: BreakerState;
  last_error: { class: string; at: string } | null;
  /** End of the last call; nothing is called for the sake of this report. */
  last_checked: string | null;
  total_calls: number;
  failed_calls: number;
  /** 0 to 1; null before the first call. */
  success_rate: number | null;
  /** Duration of the last calls that ended well. */
  p50_ms: number | null;
  p95_ms: number | null;
  first_token_p50_ms: number | null;
  /** When the next call may go; null when it may now. */
  retry_at: string | null;
  in_flight: number;
}

export interface ModelHealth extends HealthFigures {
  model: string;
}

export interface ProviderHealth extends HealthFigures {
  provider: string;
  /** What its transport says of its connections; null when it has none. */
  pool: unknown;
  models: ModelHealth[];
}

/** The body of `GET /providers/health`. */
export interface HealthReport {
  object: 'list';
  data: ProviderHealth[];
}

/** One target as the report reads it. */
export interface TargetReading {
  provider: string;
  model: string;
  breaker: BreakerState;
  retryInMs: number;
  figures: TargetFigures;
}

export interface HealthReportOptions {
  /** Since 1970, in ms. */
  wallNowMs: number;
  pool?: ((provider: string) => unknown) | undefined;
}

const bestFirst: readonly BreakerState[] = ['closed', 'half_open', 'cooling', 'open', 'misconfigured'];

/** Writes the report; providers and models keep the order of the readings. */
export function toHealthReport(readings: readonly TargetReading[], options: HealthReportOptions): HealthReport {
  const byProvider = Map.groupBy(readings, ({ provider }) => provider);
  const data = [...byProvider].map(([provider, own]) => ({
    provider,
    ...toFigures(own, options.wallNowMs),
    pool: options.pool?.(provider) ?? null,
    models: own.map((reading) => ({ model: reading.model, ...toFigures([reading], options.wallNowMs) })),
  }));
  return { object: 'list', data };
}

function toFigures(readings: readonly TargetReading[], wallNowMs: number): HealthFigures {
  const figures = readings.map((reading) => reading.figures);
  const total = sum(figures.map(({ totalCalls }) => totalCalls));
  const failed = sum(figures.map(({ failedCalls }) => failedCalls));
  const breaker = bestFirst.find((state) => readings.some((reading) => reading.breaker === state)) ?? 'closed';
  const lastError = figures.flatMap(({ lastError }) => lastError ?? []).sort((a, b) => b.atMs - a.atMs)[0];
  const durations = merge(figures.map(({ durationsMs }) => durationsMs.values()));
  const retryInMs = Math.min(...readings.map((reading) => reading.retryInMs));
  const lastChecked = Math.max(...figures.map(({ lastCheckedMs }) => lastCheckedMs ?? 0));
  return {
    healthy: breaker === 'closed',
    breaker,
    last_error: lastError ? { class: lastError.errorClass, at: toTime(lastError.atMs) } : null,
    last_checked: lastChecked > 0 ? toTime(lastChecked) : null,
    total_calls: total,
    failed_calls: failed,
    success_rate: total > 0 ? Math.round(((total - failed) / total) * 10_000) / 10_000 : null,
    p50_ms: toQuantile(durations, 0.5),
    p95_ms: toQuantile(durations, 0.95),
    first_token_p50_ms: toQuantile(merge(figures.map(({ firstTokensMs }) => firstTokensMs.values())), 0.5),
    retry_at: retryInMs > 0 ? toTime(wallNowMs + retryInMs) : null,
    in_flight: sum(figures.map(({ inFlight }) => inFlight)),
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function merge(windows: readonly Float64Array[]): Float64Array {
  return Float64Array.from(windows.flatMap((window) => [...window]));
}
