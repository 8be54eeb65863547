// The provider of the server bench, in a process of its own: what it does stands in the question. Prints its address,
// and tells its parent when a request has begun and when it was left.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const tokens = 200;
/** So many events go out in one write, as a provider under load sends them. */
const together = 10;

const toEvent = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-Bq3x9yT0pXv1',
    object: 'chat.completion.chunk',
    created: 1_763_683_200,
    model: 'm',
    system_fingerprint: 'fp_44709d6fcb',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  })}\n\n`;

const opening = toEvent({ role: 'assistant', content: '' }) + toEvent({ content: 'first' });
const words = Array.from({ length: tokens - 1 }, (_, index) => toEvent({ content: ` word${index}` }));
const ending = `${toEvent({}, 'stop')}data: [DONE]\n\n`;
const shortWords = ['Good', ...' day. Good'.repeat(20).split(/(?= )/)];
const usage = { prompt_tokens: 9, completion_tokens: shortWords.length, total_tokens: 9 + shortWords.length };
const message = { role: 'assistant', content: shortWords.join('') };
const whole = JSON.stringify({
  id: 'chatcmpl-Bq3x9yT0pXv1',
  object: 'chat.completion',
  created: 1_763_683_200,
  model: 'm',
  choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
  usage,
});
const wholeStreamed =
  opening.replace('"first"', '""') +
  shortWords.map((content) => toEvent({ content })).join('') +
  toEvent({}, 'stop') +
  `data: ${JSON.stringify({ id: 'chatcmpl-Bq3x9yT0pXv1', object: 'chat.completion.chunk', created: 1_763_683_200, model: 'm', choices: [], usage })}\n\ndata: [DONE]\n\n`;

function open(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream' });
}

const modes: Record<string, (response: ServerResponse, body: string) => void> = {
  // Whoever asks for a stream, to give it on whole, gets one.
  whole(response, body) {
    if (body.includes('"stream":true')) open(response).end(wholeStreamed);
    else response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length }).end(whole);
  },
  // As fast as the tokens are taken.
  burst(response) {
    open(response).write(opening);
    for (let at = 0; at < words.length; at += together) response.write(words.slice(at, at + together).join(''));
    response.end(ending);
  },
  // The first token, and the rest in a write of its own. At once: a core that has fallen asleep takes longer to wake up
  // than any of these proxies to answer, and would be most of the figure.
  first(response) {
    open(response).write(opening);
    setImmediate(() => response.end(ending));
  },
  'stall after the first token': (response) => open(response).write(opening),
  'stall before the first token': (response) => open(response).flushHeaders(),
  'stall before the whole answer': () => undefined,
};
const asked = new RegExp(`bench: (${Object.keys(modes).join('|')})"`);

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    const mode = asked.exec(body)?.[1] ?? 'whole';
    modes[mode]?.(response, body);
    if (!mode.startsWith('stall')) return;
    response.on('close', () => process.send?.('left'));
    process.send?.('begun');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('disconnect', () => process.exit());
