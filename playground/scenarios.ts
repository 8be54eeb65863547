/** What the scripted upstream does with a question. */
export interface Scenario {
  name: string;
  /** Shown in the menu of the playground. */
  title: string;
  kind: 'answer' | 'fault';
}

/** Every scenario, in the order of the menu; the name is the path: `/scenario/<name>/v1/chat/completions`. */
export const scenarios: Scenario[] = [
  { name: 'short', title: 'A short answer', kind: 'answer' },
  { name: 'long', title: 'A long answer: code, table, lists', kind: 'answer' },
  { name: 'citations', title: 'An answer with sources', kind: 'answer' },
  { name: 'arabic', title: 'An answer from right to left', kind: 'answer' },
  { name: 'slow-first-token', title: 'First word after 6 seconds', kind: 'fault' },
  { name: 'stall', title: 'Stops in mid-sentence, stays open', kind: 'fault' },
  { name: 'cut', title: 'Connection cut in mid-sentence', kind: 'fault' },
  { name: 'cut-first', title: 'Connection cut before the first word', kind: 'fault' },
  { name: 'truncated', title: 'Ends without a finish reason', kind: 'fault' },
  { name: 'error-in-stream', title: 'Error event in mid-stream', kind: 'fault' },
  { name: 'rate-limited', title: '429 with Retry-After: 20', kind: 'fault' },
  { name: 'rate-limited-long', title: '429 with Retry-After: 90', kind: 'fault' },
  { name: 'overloaded', title: '503, always', kind: 'fault' },
  { name: 'plain-json', title: 'Plain JSON instead of a stream', kind: 'fault' },
  { name: 'html-page', title: 'An HTML page instead of an answer', kind: 'fault' },
];
