import type { ClientOptions } from '../client-options.js';
import { createClient, type NovaClient } from '../create-client.js';
import type { ChatRequest } from '../protocol/index.js';
import {
  createScriptedTransport,
  type ScriptedAnswer,
  type ScriptedTransport,
} from '../testing/create-scripted-transport.js';

/** The smallest question. */
export const question: ChatRequest = { messages: [{ role: 'user', content: 'hi' }] };

/** What a client says, and what its server was asked. */
export interface OpenedClient {
  nova: NovaClient;
  requests: ScriptedTransport['requests'];
}

/** Opens a client of a scripted server, which is asked three times without a wait. */
export function openClient(
  script: Parameters<typeof createScriptedTransport>[0],
  options: Partial<ClientOptions> = {},
): OpenedClient {
  const transport = createScriptedTransport(script);
  const nova = createClient({ baseUrl: 'http://nova.test/', transport, retry: { delays: [0, 0] }, ...options });
  return { nova, requests: transport.requests };
}

/** An answer in JSON. */
export function jsonAnswer(value: unknown, more: Partial<ScriptedAnswer> = {}): ScriptedAnswer {
  return {
    headers: { 'content-type': 'application/json', 'x-request-id': 'r1' },
    body: [JSON.stringify(value)],
    ...more,
  };
}
