// Streams an answer with OpenAI's own client: npm start -- "Which browsers are supported?"
import OpenAI from 'openai';

const openai = new OpenAI({ baseURL: `${process.env.NOVA_URL ?? 'http://127.0.0.1:8787'}/v1`, apiKey: 'not-needed' });
const content = process.argv.slice(2).join(' ') || 'What is Nova Chat?';
const stream = await openai.chat.completions.create({
  model: process.env.NOVA_MODEL ?? 'auto',
  messages: [{ role: 'user', content }],
  stream: true,
});

let finishReason = null;
for await (const { choices, nova } of stream) {
  // Ours, beside what OpenAI sends: who answers, and who goes on when that one breaks off.
  if (nova?.switched) process.stdout.write(` [${nova.switched.to} goes on] `);
  process.stdout.write(choices[0]?.delta.content ?? '');
  finishReason = choices[0]?.finish_reason ?? finishReason;
}
console.log(`\n(${finishReason ?? 'broken off'})`);
