import type { RedisConnection } from '../../redis/connect-redis.js';
import { MemoryResumeLog } from './memory-resume-log.js';
import { RedisResumeLog } from './redis-resume-log.js';
import type { ResumeLimits, ResumeLog } from './resume-log.js';

export interface CreateResumeLogOptions {
  /** Absent: streams can be resumed at the instance that began them only. */
  redis?: RedisConnection | undefined;
  limits?: Partial<ResumeLimits>;
}

/** Creates the log of this instance, mirrored to Redis when there is one. */
export function createResumeLog({ redis, limits = {} }: CreateResumeLogOptions = {}): ResumeLog {
  return redis ? new RedisResumeLog({ redis, limits }) : new MemoryResumeLog(limits);
}
