/** How a group of the menu is headed, in the order of the menu. */
export const groups = {
  answer: 'The server answers',
  feature: 'A feature at work',
  healed: 'It mends itself',
  slow: 'It takes its time',
  broken: 'The answer breaks off',
  limited: 'The server asks to wait',
  refused: 'The server refuses',
  unreachable: 'The server is out of reach',
  odd: 'Odd, and yet an answer',
} as const;

/** What a page itself is like when the server is not to blame. */
export type PageTrouble =
  | 'no-listener'
  | 'no-host'
  | 'no-certificate'
  | 'foreign-origin'
  | 'offline'
  | 'goes-offline'
  | 'clock-ahead';

/** What the scripted upstream does with a question. */
export interface Scenario {
  name: string;
  /** Shown in the menu of the playground. */
  title: string;
  group: keyof typeof groups;
  /** Numbers of the faults that look like this to a visitor; `test/e2e/widget-faults.test.ts` lists all of them. */
  rows?: readonly number[];
  page?: PageTrouble;
}

/** Every scenario, in the order of the menu; the name is the path: `/scenario/<name>/v1/chat/completions`. */
export const scenarios: readonly Scenario[] = [
  { group: 'answer', name: 'short', title: 'Short' },
  { group: 'answer', name: 'long', title: 'Long: code, table, lists' },
  { group: 'answer', name: 'citations', title: 'With sources' },
  { group: 'answer', name: 'arabic', title: 'From right to left' },

  { group: 'feature', name: 'reasoning', title: 'Thinking aloud' },
  { group: 'feature', name: 'suggestions', title: 'What to ask next' },
  { group: 'feature', name: 'tool-approval', title: 'A tool that asks first' },
  { group: 'feature', name: 'tool-card', title: 'A card' },
  { group: 'feature', name: 'tool-form', title: 'A form' },
  { group: 'feature', name: 'attachments', title: 'Files' },
  { group: 'feature', name: 'versions', title: 'A question in other words' },
  { group: 'feature', name: 'conversations', title: 'Several conversations' },
  { group: 'feature', name: 'consent', title: 'Consent first' },
  { group: 'feature', name: 'models', title: 'Choice of a model' },
  { group: 'feature', name: 'starters', title: 'Questions to begin with' },
  { group: 'feature', name: 'switched', title: 'Another provider takes over' },

  { group: 'healed', name: 'reset-once', title: 'Reset before the answer, once', rows: [4] },
  { group: 'healed', name: 'cut-first-once', title: 'Cut before the first word, once', rows: [5] },
  { group: 'healed', name: 'cut-first', title: 'Cut before the first word, always' },

  { group: 'slow', name: 'slow-first-token', title: 'First word after 6 seconds' },
  { group: 'slow', name: 'silence', title: 'No word at all', rows: [7] },
  { group: 'slow', name: 'drip', title: 'A letter at a time', rows: [9] },
  { group: 'slow', name: 'buffered', title: 'A proxy holds it back, then all at once', rows: [29] },
  { group: 'slow', name: 'endless', title: 'Never ends, until you stop it', rows: [31, 36] },

  { group: 'broken', name: 'cut', title: 'Connection cut', rows: [6, 38] },
  { group: 'broken', name: 'stall', title: 'Falls silent for 30 seconds, or the tab sleeps', rows: [8, 43] },
  { group: 'broken', name: 'truncated', title: 'Ends without a finish reason', rows: [10, 26] },
  { group: 'broken', name: 'half-character', title: 'Ends in the middle of a character', rows: [11] },
  { group: 'broken', name: 'garbage', title: 'Garbage in the stream', rows: [12] },
  { group: 'broken', name: 'error-in-stream', title: 'Error event', rows: [25, 39] },
  { group: 'broken', name: 'oversize', title: 'An event of 16 MB', rows: [30] },
  { group: 'broken', name: 'shutting-down', title: 'Server shuts down', rows: [37] },
  { group: 'broken', name: 'network-lost', title: 'Network lost', rows: [42], page: 'goes-offline' },

  { group: 'limited', name: 'rate-limited', title: '429, for 20 seconds', rows: [15] },
  { group: 'limited', name: 'rate-limited-date', title: '429, until a time of its own clock', rows: [16] },
  { group: 'limited', name: 'rate-limited-past', title: '429, until the past', rows: [17] },
  { group: 'limited', name: 'rate-limited-huge', title: '429, for 30,000 years', rows: [18] },
  { group: 'limited', name: 'rate-limited-silent', title: '429, without a time', rows: [19] },
  { group: 'limited', name: 'busy', title: '503, for 20 seconds', rows: [46] },

  { group: 'refused', name: 'overloaded', title: '503, always', rows: [21] },
  { group: 'refused', name: 'overloaded-529', title: '529, always', rows: [22] },
  { group: 'refused', name: 'no-credit', title: 'Quota used up', rows: [20] },
  { group: 'refused', name: 'bad-request', title: '400', rows: [23] },
  { group: 'refused', name: 'too-long', title: '413: too long', rows: [23] },
  { group: 'refused', name: 'provider-refused', title: 'The provider refuses the server', rows: [24] },
  { group: 'refused', name: 'html-page', title: 'An HTML page', rows: [13] },
  { group: 'refused', name: 'redirected', title: 'A redirect to another host', rows: [32] },
  { group: 'refused', name: 'wrong-key', title: '401: a revoked key', rows: [49] },

  { group: 'unreachable', name: 'no-listener', title: 'Nobody listens', rows: [1], page: 'no-listener' },
  { group: 'unreachable', name: 'no-host', title: 'No such host', rows: [2], page: 'no-host' },
  { group: 'unreachable', name: 'no-certificate', title: 'No valid certificate', rows: [3], page: 'no-certificate' },
  { group: 'unreachable', name: 'offline', title: 'Offline', rows: [41], page: 'offline' },
  {
    group: 'unreachable',
    name: 'foreign-origin',
    title: 'Another origin, no CORS',
    rows: [48],
    page: 'foreign-origin',
  },

  { group: 'odd', name: 'plain-json', title: 'JSON instead of a stream', rows: [14] },
  { group: 'odd', name: 'done-twice', title: 'Two ends, and words after them', rows: [27] },
  { group: 'odd', name: 'compressed', title: 'Compressed', rows: [28] },
  { group: 'odd', name: 'clock-ahead', title: 'A clock that is an hour fast', rows: [40], page: 'clock-ahead' },
  { group: 'odd', name: 'mixed-up', title: 'Empty, doubled and unordered chunks', rows: [47] },
  { group: 'odd', name: 'newer', title: 'A newer server: unknown members and events', rows: [50] },
];
