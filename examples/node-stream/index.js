// Streams an answer into the terminal: npm start -- "Which browsers are supported?"
import { createClient } from '@nova-chat/client';

const nova = createClient({
  baseUrl: process.env.NOVA_URL ?? 'http://127.0.0.1:8787',
  onRetry: ({ delayMs, error }) => console.error(`${error.message} Trying again in ${delayMs / 1000} s …`),
});
const content = process.argv.slice(2).join(' ') || 'What is Nova Chat?';
const stream = nova.chat.stream({ messages: [{ role: 'user', content }] });

for await (const event of stream) {
  if (event.type === 'text-delta') process.stdout.write(event.text);
  if (event.type === 'citation') process.stdout.write(`\n  ${event.citation.title}: ${event.citation.url}`);
}
const { outcome, error } = await stream.result();
console.log(`\n(${outcome}${error ? `: ${error.message}` : ''})`);
