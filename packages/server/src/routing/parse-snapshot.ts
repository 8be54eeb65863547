import { isRecord, parseJson } from '@nova-chat/client/protocol';
import type { BreakerSnapshot } from './breaker.js';

/** A snapshot as it travels between instances. */
export interface SharedSnapshot extends BreakerSnapshot {
  key: string;
  /** The instance that saw it. */
  from: string;
}

/** Reads a snapshot that came over the network; undefined when it is not one. */
export function parseSnapshot(text: string): SharedSnapshot | undefined {
  const value = parseJson(text);
  // Whatever else writes to this channel is not for us.
  if (!isRecord(value)) return undefined;
  const { key, from, openings, openMs, cooldownMs } = value;
  if (typeof key !== 'string' || typeof from !== 'string') return undefined;
  if (!isAmount(openings) || !isAmount(openMs) || !isAmount(cooldownMs)) return undefined;
  return { key, from, openings, openMs, cooldownMs };
}

/** The same snapshot some time later. */
export function toLater<T extends BreakerSnapshot>(snapshot: T, elapsedMs: number): T {
  return {
    ...snapshot,
    openMs: Math.max(0, snapshot.openMs - elapsedMs),
    cooldownMs: Math.max(0, snapshot.cooldownMs - elapsedMs),
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
