import { always, data, done, finish, goodStream, head, role, text, wholeText } from '../wire.js';
import { type FaultCase, inSpite, part, partial } from './fault-case.js';

/** How streams end, and what only looks like an end. */
export const endFaults: readonly FaultCase[] = [
  {
    row: 26,
    name: 'no [DONE] after the finish reason',
    script: always([head(200), { send: role + text(wholeText) + finish }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 26,
    name: '[DONE] without a finish reason',
    script: always([head(200), { send: role + text(wholeText) + done }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 26,
    name: 'neither finish reason nor [DONE]',
    script: always([...partial, 'end']),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 27,
    name: 'a second [DONE] and data after it',
    script: always([head(200), { send: goodStream + text('again') + done }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] on a socket that stays open',
    script: always([head(200), { send: goodStream }, 'stall']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] inside the text',
    script: always([head(200), { send: role + text('say [DONE] ') + text('data: [DONE]') + finish + done }, 'end']),
    outcome: 'complete',
    text: 'say [DONE] data: [DONE]',
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] between blanks',
    script: always([head(200), { send: role + text(wholeText) + data(' [DONE] ') + text('again') }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] before anything was said',
    script: always([head(200), { send: done + text('again') }, 'end']),
    outcome: 'complete',
    text: '',
    requests: 1,
  },
];
