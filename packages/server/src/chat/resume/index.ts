export { type CreateResumeLogOptions, createResumeLog } from './create-resume-log.js';
export { createStreamId, parseLastEventId, toEventId } from './event-id.js';
export { toOwnerKey } from './owner-key.js';
export type {
  CreateLogOptions,
  ReadLogOptions,
  ResumeFrame,
  ResumeLimits,
  ResumeLog,
  ResumeWriter,
} from './resume-log.js';
