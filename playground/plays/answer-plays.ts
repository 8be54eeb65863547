import { setTimeout as wait } from 'node:timers/promises';
import { arabicAnswer, citations, longAnswer, shortAnswer, thoughts } from '../answers.js';
import type { Play } from './play.js';
import { endStream, sendAnswer, sendChunk, sendWords, startStream, toEvent } from './stream-out.js';

const short: Play = (response) => sendAnswer(response, shortAnswer);

/** Asks for a tool of the page; with its result, says something about it. */
const askForTool =
  (name: string, args: object, conclusion: string): Play =>
  async (response, { body }) => {
    if (body.includes('"role":"tool"')) return sendAnswer(response, conclusion);
    startStream(response);
    const call = { name, arguments: JSON.stringify(args) };
    sendChunk(response, { tool_calls: [{ index: 0, id: 'call-1', type: 'function', function: call }] });
    endStream(response, 'tool_calls');
  };

/** What a server does that answers. */
export const answerPlays: Readonly<Record<string, Play>> = {
  short,
  starters: short,
  consent: short,
  models: short,
  attachments: short,
  conversations: short,
  versions: (response, { body }) =>
    sendAnswer(response, body.includes('cost') ? 'It costs nothing: it is **open source**.' : shortAnswer),
  long: (response) => sendAnswer(response, longAnswer),
  arabic: (response) => sendAnswer(response, arabicAnswer),
  citations: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer);
    sendChunk(response, { annotations: citations.map(toAnnotation) });
    endStream(response);
  },
  reasoning: async (response) => {
    startStream(response);
    for (const text of thoughts.match(/\S+\s*/g) ?? []) {
      sendChunk(response, { reasoning_content: text });
      await wait(25);
    }
    await sendWords(response, shortAnswer);
    endStream(response);
  },
  suggestions: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer);
    const suggestions = ['What does it cost?', 'Does it work without a key?', 'Can I change the colours?'];
    response.write(toEvent({}, null, { nova: { suggestions } }));
    endStream(response);
  },
  switched: async (response) => {
    startStream(response);
    await sendWords(response, shortAnswer.slice(0, 60));
    response.write(toEvent({}, null, { nova: { switched: { from: 'first', to: 'second', reason: 'stall' } } }));
    await sendWords(response, shortAnswer.slice(60));
    endStream(response);
  },
  'tool-approval': askForTool(
    'find_order',
    { number: '2481' },
    'Your parcel left on Tuesday and **arrives tomorrow**.',
  ),
  'tool-card': askForTool('show_plan', {}, 'The Team plan has room for everybody.'),
  'tool-form': askForTool('book_table', {}, 'Your table is booked. See you then!'),
};

function toAnnotation({ title, url }: { title: string; url: string }): object {
  return { type: 'url_citation', url_citation: { start_index: 0, end_index: shortAnswer.length, title, url } };
}
