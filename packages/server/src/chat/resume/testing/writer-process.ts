// A server instance that writes one log and nothing else, for the tests that kill it. Its one argument is JSON.
import { connectRedis } from '../../../redis/connect-redis.js';
import { RedisResumeLog } from '../redis-resume-log.js';

export interface WriterTask {
  url: string;
  streamId: string;
  owner: string;
  resumeMs: number;
  frames: number;
  /** Pause between two frames. */
  paceMs: number;
}

const task = JSON.parse(process.argv[2] ?? '') as WriterTask;
const redis = await connectRedis({ url: task.url, log: (line) => process.stderr.write(`${line}\n`) });
const writer = new RedisResumeLog({ redis, beatMs: 200 }).create(task);
if (!writer) throw new Error('no room for a log');
writer.signal.addEventListener('abort', () => {
  process.stdout.write(`stopped: ${String(writer.signal.reason.message)}\n`);
});
let seq = 0;
const timer = setInterval(() => {
  if (seq === 0) process.stdout.write('writing\n');
  if (seq < task.frames) writer.append(seq, `frame ${seq}`);
  else writer.finish();
  seq += 1;
  if (seq > task.frames + 1000) clearInterval(timer);
}, task.paceMs);
