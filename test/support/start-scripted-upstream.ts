import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleScriptedRequest } from '../../playground/scripted-upstream.js';

/** A scripted OpenAI-compatible server on a free port. */
export interface ScriptedUpstream {
  /** The base URL of a scenario, as `OPENAI_BASE_URL` takes it. */
  url(scenario: string): string;
  /** Paths that were asked for. */
  requests: string[];
  stop(): Promise<void>;
}

/** Starts the playground's upstream by itself. */
export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    handleScriptedRequest(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: (scenario) => `http://127.0.0.1:${port}/${scenario}/v1`, requests, stop };
}
