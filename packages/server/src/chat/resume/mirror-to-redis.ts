import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '../../redis/connect-redis.js';
import { defineScript } from '../../redis/define-script.js';
import type { LogEntry } from './memory-resume-log.js';
import { toLogKeys } from './redis-log-keys.js';
import type { LossReason } from './resume-error.js';

export interface MirrorOptions {
  redis: RedisConnection;
  entry: LogEntry;
  /** Ends the mirroring at once. */
  signal: AbortSignal;
  /** Pause between two writes: what comes meanwhile goes in one. */
  flushMs: number;
  /** Longest silence of a living writer; also the pause after a failed write. */
  beatMs: number;
  /** Someone reads at another instance. */
  onSeen: () => void;
  /** The owner removed the stream at another instance. */
  onRemoved: () => void;
}

const maxFrames = 256;
/** Keys of a writer that died go by themselves after this time, or after the stream's own when that is longer. */
const minLifeMs = 30_000;

/**
 * Writes one log to Redis as it grows, until its end. The log itself is the queue: what Redis did not take is read from
 * there again, also all of it when Redis has forgotten. Never rejects.
 */
export async function mirrorToRedis(options: MirrorOptions): Promise<void> {
  const { redis, entry, signal, flushMs, beatMs } = options;
  let mirrored = -1;
  while (!signal.aborted && entry.isKept) {
    const reply = await write(options, mirrored).catch(redis.report);
    if (reply?.isRemoved) return options.onRemoved();
    if (reply?.isSeen) options.onSeen();
    if (reply?.isEnded) return;
    if (reply) mirrored = reply.last;
    await pause(reply ? flushMs : beatMs, signal);
    const { buffer } = entry;
    // Looked at after the pause, because frames may have come meanwhile.
    if (mirrored >= buffer.lastSeq && buffer.status === 'open') await buffer.changed(signal, beatMs);
  }
  if (entry.loss !== undefined) await leaveWord(redis, entry.streamId, entry.loss).catch(redis.report);
}

interface MirrorReply {
  last: number;
  isEnded: boolean;
  isSeen: boolean;
  isRemoved: boolean;
}

/**
 * Adds frames and a sign of life in one step. A write whose answer got lost does no harm: frames that are there are
 * left out. When Redis has lost the beginning, the reply says so by `last` = -1; the beats go on, because a reader may have
 * given the writer up at one of those before.
 */
const addFrames = defineScript(
  'novaAddFrames',
  3,
  `
if redis.call('HEXISTS', KEYS[1], 'loss') == 1 then return {-1, 0, 0, 1} end
local last = tonumber(redis.call('HGET', KEYS[1], 'last') or -1)
if last >= 0 and redis.call('EXISTS', KEYS[2]) == 0 then last = -1 end
if last < tonumber(ARGV[4]) then
  redis.call('HDEL', KEYS[1], 'last', 'ended')
  redis.call('DEL', KEYS[2])
  return {-1, 0, 0, 0}
end
for i = 5, #ARGV, 2 do
  local seq = tonumber(ARGV[i])
  if seq > last then
    redis.call('XADD', KEYS[2], string.format('%.0f-0', seq + 1), 'f', ARGV[i + 1])
    last = seq
  end
end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'last', string.format('%.0f', last), 'ended', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'beat', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return {last, tonumber(ARGV[3]), redis.call('EXISTS', KEYS[3]), 0}
`,
);

async function write({ redis, entry }: MirrorOptions, mirrored: number): Promise<MirrorReply> {
  const { buffer, owner, resumeMs, streamId } = entry;
  const frames = buffer.slice(buffer.indexAfter(mirrored), maxFrames);
  const isEnded = buffer.status === 'ended' && (frames.at(-1)?.seq ?? mirrored) >= buffer.lastSeq;
  const lifeMs = isEnded ? resumeMs : Math.max(resumeMs, minLifeMs);
  const { meta, frames: key, seen } = toLogKeys(streamId);
  const parameters = frames.flatMap(({ seq, frame }) => [seq, frame]);
  const head = [owner, lifeMs, isEnded ? 1 : 0, mirrored];
  const reply = await addFrames(redis.commands, meta, key, seen, ...head, ...parameters);
  const [last, ended, isSeen, isRemoved] = (reply as unknown[]).map(Number);
  return { last: last ?? -1, isEnded: ended === 1, isSeen: isSeen === 1, isRemoved: isRemoved === 1 };
}

/** Tells readers elsewhere that a log is over before its stream is. */
async function leaveWord({ commands }: RedisConnection, streamId: string, loss: LossReason): Promise<void> {
  const { meta, frames } = toLogKeys(streamId);
  await commands.multi().hset(meta, 'loss', loss).pexpire(meta, minLifeMs).del(frames).exec();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // An abort only cuts the wait short; the loop looks at the signal itself.
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
}
