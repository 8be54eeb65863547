import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './anthropic.js';
import { answer, type Vendor } from './dialogue.js';
import { gemini } from './gemini.js';
import { ollama } from './ollama.js';
import { openai } from './openai.js';

export type VendorName = 'openai' | 'anthropic' | 'gemini' | 'ollama';

const vendors: Record<VendorName, Vendor> = { openai, anthropic, gemini, ollama };
const paths: Record<VendorName, RegExp> = {
  openai: /^\/v1\/chat\/completions$/,
  anthropic: /^\/v1\/messages$/,
  gemini: /^\/v1beta\/models\/[\w.-]+:(?:g|streamG)enerateContent(?:\?alt=sse)?$/,
  ollama: /^\/api\/chat$/,
};

/** One request to a vendor. */
export interface VendorCall {
  vendor: VendorName;
  question: string;
  headers: IncomingMessage['headers'];
  /** `left`: the caller went away before the answer was whole. */
  state: 'open' | 'answered' | 'left';
}

/** Servers of all four vendors on one free port. */
export interface VendorServers {
  /** As the vendor's base URL takes it. With a status every request is refused with it. */
  url(vendor: VendorName, status?: number): string;
  calls: VendorCall[];
  stop(): Promise<void>;
}

/** The key that every vendor wants. */
export const vendorKey = 'vendor-key';

/** Starts servers that speak each vendor's own format, read the requests in it, and say what they have understood. */
export async function startVendors(): Promise<VendorServers> {
  const calls: VendorCall[] = [];
  const server = createServer((request, response) => {
    handle(request, response, calls).catch((error: unknown) => {
      // What a vendor does not understand is a fault of ours, and has to be seen.
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (vendor, status = 200) => `http://127.0.0.1:${port}/${status}/${vendor}${vendor === 'openai' ? '/v1' : ''}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, calls: VendorCall[]): Promise<void> {
  const [, status = '', name = '', path = ''] = /^\/(\d+)\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
  const vendor = vendors[name as VendorName];
  if (!paths[name as VendorName]?.test(path)) throw new TypeError(`${name} has no address ${path}.`);
  const { headers } = request;
  if (!headers[vendor.keyHeader]?.includes(vendorKey) && name !== 'ollama') throw new TypeError(`${name} got no key.`);
  const body = JSON.parse(await new Response(request as unknown as ReadableStream).text()) as Record<string, unknown>;
  const heard = vendor.hear(body, path);
  const call: VendorCall = { vendor: name as VendorName, question: heard.question, headers, state: 'open' };
  calls.push(call);
  response.on('close', () => {
    call.state = response.writableFinished ? 'answered' : 'left';
  });
  if (status !== '200') {
    response.writeHead(Number(status), {
      'content-type': 'application/json',
      ...(status === '429' ? { 'retry-after': '7' } : {}),
    });
    response.end(JSON.stringify(vendor.toErrorBody(Number(status), `The vendor says ${status}.`)));
    return;
  }
  const said = answer(heard);
  if (!heard.isStream) {
    if (said.kind === 'hang') return;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(vendor.toBody(said)));
    return;
  }
  response.writeHead(200, { 'content-type': vendor.streamType });
  response.flushHeaders();
  for (const event of vendor.toEvents(said)) {
    response.write(event);
    // So that the pieces travel apart.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (said.kind !== 'hang') response.end();
}
