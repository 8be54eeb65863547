import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { openAnswer } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

/** Answers with JSON. Under Node it goes straight to the response, for the same reason as headers do. */
export function toJsonAnswer(context: Context<AppEnv>, body: object): Response {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  const outgoing = openAnswer(context, headers);
  if (!outgoing) return context.body(text, 200, headers);
  outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}
