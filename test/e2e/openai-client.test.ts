import { spawn } from 'node:child_process';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../support/start-server.js';

let server: RunningServer;
let openai: OpenAI;
beforeAll(async () => {
  server = await startServer();
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'not-needed', maxRetries: 0 });
});
afterAll(() => server.stop());

const messages = [{ role: 'user' as const, content: 'Do I need an API key?' }];

describe('the official openai package, unchanged', () => {
  it('lists the models', async () => {
    const models = await openai.models.list();
    expect(models.data.length).toBeGreaterThan(0);
    expect(models.data[0]).toMatchObject({ object: 'model', id: expect.any(String), owned_by: expect.any(String) });
  });

  it('streams an answer', async () => {
    const model = (await openai.models.list()).data[0]?.id ?? '';
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    const deltas: string[] = [];
    let finishReason: string | null | undefined;
    for await (const chunk of stream) {
      deltas.push(chunk.choices[0]?.delta.content ?? '');
      finishReason = chunk.choices[0]?.finish_reason ?? finishReason;
    }
    expect(deltas.filter((delta) => delta !== '').length).toBeGreaterThan(1);
    expect(deltas.join('')).toMatch(/key/i);
    expect(finishReason).toBe('stop');
  });

  it('gets a whole answer with its sources', async () => {
    const model = (await openai.models.list()).data[0]?.id ?? '';
    const completion = await openai.chat.completions.create({ model, messages });
    const message = completion.choices[0]?.message;
    expect(message?.content).toMatch(/key/i);
    expect(message?.annotations?.[0]).toMatchObject({
      type: 'url_citation',
      url_citation: { url: expect.any(String) },
    });
  });

  it('gets its own error class for a model that is not there', async () => {
    const asked = openai.chat.completions.create({ model: 'no-such-model', messages });
    await expect(asked).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(asked).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});

describe('curl', () => {
  it('lists the models', async () => {
    const { code, output } = await curl(`${server.url}/v1/models`);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ object: 'list' });
  });

  it('streams an answer that ends with [DONE]', async () => {
    const body = JSON.stringify({ stream: true, messages });
    const { code, output } = await curl(
      '-N',
      `${server.url}/v1/chat/completions`,
      '-H',
      'content-type: application/json',
      '-d',
      body,
    );
    expect(code).toBe(0);
    expect(output).toMatch(/^(?:id: \S+\n)?data: \{.*"chat\.completion\.chunk"/m);
    expect(output.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });
});

function curl(...parameters: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', ['-sS', '--max-time', '20', ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
