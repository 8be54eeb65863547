// The floor: node:http in front, undici behind, nothing read or checked; who leaves is left. Prints its address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

const [target = ''] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 100 });
const server = createServer((incoming, outgoing) => {
  const left = new AbortController();
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const proxied = request(target + incoming.url, {
    method: 'POST',
    body: incoming,
    headers: { 'content-type': 'application/json' },
    signal: left.signal,
    dispatcher,
  });
  proxied.then(
    ({ statusCode, headers, body }) => {
      outgoing.writeHead(statusCode, { 'content-type': String(headers['content-type']) });
      body.on('error', () => outgoing.destroy());
      body.pipe(outgoing);
    },
    () => outgoing.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
