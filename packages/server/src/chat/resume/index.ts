export { createResumeLog } from './create-resume-log.js';
export { createStreamId, parseLastEventId, toEventId } from './event-id.js';
export { toOwnerKey } from './owner-key.js';
export type { ResumeFrame, ResumeLog } from './resume-log.js';
