import { ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { AppEnv } from './app-env.js';

/**
 * Sets a header of the answer, before the answer is made. Under Node on the response itself, which gives it to whatever
 * is answered: to collect a handful of headers in a `Headers` object and to read them out again costs a request more
 * than to parse it.
 */
export function setHeader(context: Context<AppEnv>, name: string, value: string): void {
  const outgoing = toOutgoing(context);
  if (outgoing) outgoing.setHeader(name, value);
  else context.header(name, value);
}

/** Adds to `Vary`, in which several rooms have their part. */
export function addVary(context: Context<AppEnv>, name: string): void {
  const outgoing = toOutgoing(context);
  const before = outgoing?.getHeader('vary');
  if (outgoing) outgoing.setHeader('vary', before === undefined ? name : `${before}, ${name}`);
  else context.header('vary', name, { append: true });
}

/**
 * Begins a good answer on Node's own response, past the adapter. Undefined where there is none, as in `app.request()`.
 */
export function openAnswer(context: Context<AppEnv>, headers: Record<string, string>): ServerResponse | undefined {
  const outgoing = toOutgoing(context);
  if (!outgoing) return undefined;
  // What middleware of others, around this app, has set through Hono.
  for (const [name, value] of context.body(null).headers) outgoing.setHeader(name, value);
  for (const name in headers) outgoing.setHeader(name, headers[name] ?? '');
  return outgoing;
}

/** Gives Node's own response; undefined where there is none, as in `app.request()`. */
export function toOutgoing({ env }: Context<AppEnv>): ServerResponse | undefined {
  const outgoing = env?.outgoing;
  return outgoing instanceof ServerResponse ? outgoing : undefined;
}
