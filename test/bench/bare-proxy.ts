// The floors: node:http in front, undici behind, nothing checked; who leaves is left. With `parsing` as the second
// parameter each event of a stream is cut out and parsed, as everybody has to who reads an answer; without it nothing
// is read. Prints its address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { Agent, request } from 'undici';

const [target = '', how] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 100 });

/** Gives the bytes on as they come, and parses the events in them. */
function createParsing(): Transform {
  const decoder = new TextDecoder();
  let text = '';
  return new Transform({
    transform(bytes: Buffer, _, done) {
      const events = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) if (event.startsWith('data: {')) JSON.parse(event.slice('data: '.length));
      done(null, bytes);
    },
  });
}

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
      (how === 'parsing' ? body.pipe(createParsing()) : body).pipe(outgoing);
    },
    () => outgoing.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
