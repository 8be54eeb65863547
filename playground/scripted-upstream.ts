import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { arabicAnswer, longAnswer, shortAnswer } from './answers.js';
import { answerPlays } from './plays/answer-plays.js';
import { faultPlays } from './plays/fault-plays.js';
import { sendJson, toCompletion, toError } from './plays/stream-out.js';

const plays = { ...answerPlays, ...faultPlays };
const counts = new Map<string, number>();

/**
 * An OpenAI-compatible server that plays scenarios: `/<scenario>/v1/chat/completions` and `/<scenario>/v1/models`.
 * For Vite's middleware and for `node:http` alike.
 */
export async function handleScriptedRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', ...rest] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
  const play = plays[name];
  if (!play) return sendJson(response, 404, toError(`There is no scenario "${name}".`, 'not_found'));
  if (rest.join('/') === 'v1/models') return sendJson(response, 200, JSON.stringify(models));
  const body = await readBody(request);
  const whole = wholeAnswers[name];
  if (whole && !body.includes('"stream":true')) return sendJson(response, 200, JSON.stringify(toCompletion(whole)));
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  await play(response, { body, count });
}

/** Serves the scripted upstream under `/scenario` of the playground. */
export function scriptedUpstream(): Plugin {
  return {
    name: 'scripted-upstream',
    configureServer: (server) => {
      server.middlewares.use('/scenario', (request, response, next) => {
        handleScriptedRequest(request, response).catch(next);
      });
    },
  };
}

const wholeAnswers: Record<string, string> = {
  short: shortAnswer,
  long: longAnswer,
  citations: shortAnswer,
  arabic: arabicAnswer,
};

const models = { object: 'list', data: [{ id: 'scripted', object: 'model', created: 0, owned_by: 'playground' }] };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString().replace(/\s/g, '');
}
