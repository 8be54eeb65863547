import type { FaultScript, SeenRequest } from '../support/fault-server.js';
import { done, finish, head, role, text } from './wire.js';

/** How models go on with a part that was said. */
const manners = {
  'goes on exactly': (said: string, whole: string) => whole.slice(said.length),
  'repeats the last words': (said: string, whole: string) => {
    const starts = [...said.matchAll(/\S+/g)].map(({ index }) => index);
    return whole.slice(starts.at(-3) ?? 0);
  },
  'begins anew': (_said: string, whole: string) => whole,
};
export type Manner = keyof typeof manners;
export const mannerNames: readonly Manner[] = Object.keys(manners) as Manner[];

/** A provider without a fault, which says `whole`, or the rest of it. */
export function healthy(whole: string, manner: Manner = 'goes on exactly'): FaultScript {
  return (request) => {
    const said = toSaid(request);
    const answer = said === undefined ? whole : manners[manner](said, whole);
    const pieces = answer.match(/.{1,5}/gsu) ?? [];
    return [head(200), { send: role + pieces.map(text).join('') + finish + done }, 'end'];
  };
}

/** The part of the answer that stands in the request. */
function toSaid({ body }: SeenRequest): string | undefined {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
  return messages.find((message) => message.role === 'assistant')?.content;
}
