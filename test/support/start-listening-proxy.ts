import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP proxy that leads nowhere and hears who wanted to go where. */
export interface ListeningProxy extends AsyncDisposable {
  url: string;
  /** Hosts that were asked for, a connection for later use included. */
  hosts: string[];
}

/**
 * Starts one. A browser behind it resolves no name and reaches no other machine by itself, so what is not heard here has
 * not been asked for, whatever asked: an image, a style sheet, a ping or a hint to connect.
 */
export async function startListeningProxy(): Promise<ListeningProxy> {
  const hosts: string[] = [];
  const hear = (host: string): void => {
    // Chromium itself asks its maker about forms.
    if (!/\.(?:google|googleapis|gstatic)\.com$/.test(host)) hosts.push(host);
  };
  const server = createServer((request, response) => {
    hear(URL.canParse(request.url ?? '') ? new URL(request.url ?? '').hostname : String(request.url));
    response.writeHead(502).end();
  });
  server.on('connect', ({ url = '' }, socket) => {
    hear(url.replace(/:\d+$/, ''));
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
