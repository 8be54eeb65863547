import { Hono } from 'hono';
import { afterEach, expect, it } from 'vitest';
import { createModelCatalog } from '../chat/model-catalog.js';
import { createResumeLog } from '../chat/resume/index.js';
import { createChatCompletions } from '../routes/chat-completions.js';
import { createRouting } from '../routing/index.js';
import { readSseText } from '../testing/read-sse-text.js';
import { answer, createScriptedProvider } from '../testing/scripted-provider.js';
import type { AppEnv } from './app-env.js';
import { createDrain } from './drain.js';

const resumeLog = createResumeLog();
afterEach(() => resumeLog.close());

it.each([true, false])('is there for a chat whose requests nobody logs, with stream: %s', async (stream) => {
  const app = new Hono<AppEnv>();
  const providers = [createScriptedProvider({ steps: () => answer('Hello') })];
  const catalog = createModelCatalog({ providers });
  const times = { retryDelaysMs: [], startMs: 60_000, peekMs: 1_000, keepAliveMs: 15_000 };
  const parts = { catalog, routing: createRouting(), resumeLog, drain: createDrain() };
  app.post('/', createChatCompletions({ ...parts, ...times, maxBodyBytes: 1_024 }));
  const response = await app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stream, messages: [{ role: 'user', content: 'hi' }] }),
  });
  expect(response.status).toBe(200);
  const body = await response.text();
  expect(stream ? readSseText(body).text : JSON.parse(body).choices[0].message.content).toBe('Hello');
});
