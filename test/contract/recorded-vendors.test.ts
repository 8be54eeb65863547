import { loadConfig, type RunningServer as NovaServer, startServer } from '@nova-chat/server';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultServer } from '../support/fault-server.js';
import { type Facts, readGemini, readOllama, readWithAnthropic, readWithOpenAi } from '../support/replay/facts.js';
import {
  type Recording,
  readForeignRecordings,
  readOwnRecordings,
  readRecordings,
  readRefusals,
} from '../support/replay/recordings.js';
import { chunkings, startReplay, toModel } from '../support/replay/start-replay.js';
import type { VendorName } from '../support/vendors/start-vendors.js';

const recorded = process.env['NOVA_RECORDED_STREAMS'];
const recordings = [...readOwnRecordings(), ...(recorded ? readRecordings(recorded) : [])];
const foreign = recorded ? readForeignRecordings(recorded) : [];
const refusals = recorded ? readRefusals(recorded) : [];
const all = [...recordings, ...foreign, ...refusals];
const names: Record<VendorName, string> = { openai: 'openai', anthropic: 'claude', gemini: 'gemini', ollama: 'ollama' };

let replay: FaultServer;
let server: NovaServer;

beforeAll(async () => {
  replay = await startReplay(all);
  const modelsOf = (vendor: VendorName): string =>
    all
      .filter((recording) => recording.vendor === vendor)
      .flatMap((recording) => Object.keys(chunkings).map((chunking) => toModel(recording, chunking)))
      .join(',');
  const { url } = replay;
  const site = new URL('../../docs', import.meta.url).pathname;
  const env = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    RETRY_DELAYS_MS: 'none',
    SITE_CONTENT: site,
    ...(modelsOf('openai') ? { OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: modelsOf('openai') } : {}),
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_MODEL: modelsOf('anthropic'),
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: url,
    GEMINI_MODEL: modelsOf('gemini'),
    OLLAMA_BASE_URL: url,
    OLLAMA_MODEL: modelsOf('ollama'),
  };
  server = await startServer(loadConfig(env));
});
afterAll(async () => {
  await server?.stop();
  await replay?.stop();
});

/** What the vendor's own package makes of the bytes, or what stands in them where there is none. */
const readTruth: Record<VendorName, (recording: Recording) => Facts | Promise<Facts>> = {
  openai: (recording) => readWithOpenAi(`${replay.url}/v1`, toModel(recording)),
  anthropic: (recording) => readWithAnthropic(replay.url, toModel(recording)),
  gemini: readGemini,
  ollama: readOllama,
};

describe.each(recordings)('$name, from $vendor through the whole server', (recording) => {
  const { vendor } = recording;
  let truth: Facts;
  beforeAll(async () => {
    truth = await readTruth[vendor](recording);
  });

  it('says something', () => {
    expect(truth.text + truth.reasoning + truth.calls.map(({ name }) => name).join('')).not.toBe('');
    expect(truth.finishReason).toMatch(/^(?:stop|length|tool_calls|content_filter)$/);
  });

  it.each(Object.keys(chunkings))('is what the vendor’s own reader makes of it, cut: %s', async (chunking) => {
    const model = `${names[vendor]}/${toModel(recording, chunking)}`;
    expect(await readWithOpenAi(`${server.url}/v1`, model)).toEqual(truth);
  });
});

if (recorded) {
  describe.each(Object.keys(chunkings))('recorded, cut: %s', (chunking) => {
    const ask = ({ vendor, ...recording }: Recording): Promise<unknown> =>
      readWithOpenAi(`${server.url}/v1`, `${names[vendor]}/${toModel({ vendor, ...recording }, chunking)}`).catch(
        (error: unknown) => error,
      );

    it.each(foreign)('$name, which is of no format that is asked for, is an error and no answer', async (recording) => {
      const error = await ask(recording);
      expect(error).toBeInstanceOf(OpenAI.InternalServerError);
      expect(error).toMatchObject({ status: 502, code: expect.stringMatching(/^upstream_/) });
    });

    it.each(refusals)('$name is a model that is not there', async (recording) => {
      const said = JSON.parse(Buffer.from(recording.body).toString()) as { error: { message: string } };
      const error = await ask(recording);
      expect(error).toBeInstanceOf(OpenAI.NotFoundError);
      expect((error as Error).message).toContain(said.error.message);
    });
  });
}

describe('recorded streams', () => {
  it('are of every vendor when they are given', () => {
    const vendors = new Set(recordings.map(({ vendor }) => vendor));
    expect(recordings.length > 30).toBe(recorded !== undefined);
    expect(foreign.length + refusals.length > 3).toBe(recorded !== undefined);
    expect([...vendors].toSorted()).toEqual(
      recorded ? ['anthropic', 'gemini', 'ollama', 'openai'] : ['anthropic', 'gemini', 'ollama'],
    );
  });

  it('are models like any other', async () => {
    const { data } = await new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'k' }).models.list();
    expect(data.length).toBe(all.length * Object.keys(chunkings).length + 2);
  });
});
