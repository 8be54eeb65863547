import { describe, expect, it } from 'vitest';
import type { Logger } from '../../client-options.js';
import { jsonAnswer, openClient, question } from '../../test-support/open-client.js';
import { readAll } from '../../test-support/read-all.js';
import { sseAnswer, sseChunk } from '../../test-support/sse-text.js';
import type { ScriptedAnswer } from '../../testing/create-scripted-transport.js';

describe('the log of a client', () => {
  it('has requests, retries and failures, and no credentials, prompts or bodies', async () => {
    const lines: unknown[] = [];
    const logger: Logger = {
      debug: (...line) => void lines.push(line),
      warn: (...line) => void lines.push(line),
    };
    const { nova } = openClient(
      [{ status: 503, body: ['secret'] }, jsonAnswer({ secret: 1 }), { body: ['<p>secret'] }],
      {
        logger,
        headers: { authorization: 'secret' },
      },
    );
    await nova.post('/x?key=secret', { secret: 1 });
    expect(lines).toEqual([
      [
        'failed',
        { method: 'POST', path: '/x', attempt: 1, code: 'server_error', status: 503, afterMs: expect.any(Number) },
      ],
      ['retrying', { attempt: 1, delayMs: 0, source: 'delays', code: 'server_error', status: 503 }],
      ['answered', { method: 'POST', path: '/x', attempt: 2, status: 200, headersMs: expect.any(Number) }],
    ]);
    lines.length = 0;
    await expect(nova.get('/y')).rejects.toThrow();
    expect(lines).toEqual([
      ['answered', { method: 'GET', path: '/y', attempt: 1, status: 200, headersMs: expect.any(Number) }],
      ['body failed', { method: 'GET', path: '/y', attempt: 1, code: 'unexpected_content_type', status: 200 }],
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('that fails ends no answer', async () => {
    const fail = (): never => {
      throw new Error('the disk is full');
    };
    const logger: Logger = { debug: fail, warn: fail };
    const { nova } = openClient(
      [{ status: 503 }, jsonAnswer({ a: 1 }), { status: 404 }, { body: [sseChunk({ content: 'a' })] }],
      {
        logger,
      },
    );
    expect(await nova.get('/x')).toEqual({ a: 1 });
    await expect(nova.get('/x')).rejects.toMatchObject({ code: 'not_found' });
    const stream = nova.chat.stream(question);
    expect((await readAll(stream)).map(({ type }) => type)).toEqual(['stream-start', 'text-delta', 'end']);
    expect(await stream.result()).toMatchObject({ outcome: 'truncated', text: 'a' });
  });

  it('is called as a method', async () => {
    class Lines implements Logger {
      readonly lines: string[] = [];
      debug(message: string): void {
        this.lines.push(message);
      }
      warn(message: string): void {
        this.lines.push(message);
      }
    }
    const logger = new Lines();
    await openClient([{ status: 503 }, jsonAnswer({})], { logger }).nova.get('/x');
    expect(logger.lines).toEqual(['failed', 'retrying', 'answered']);
  });
});

describe('the log of a stream', () => {
  const createLines = (): { lines: unknown[]; logger: Logger } => {
    const lines: unknown[] = [];
    return { lines, logger: { debug: () => {}, warn: (...line) => void lines.push(line) } };
  };
  const secret = { messages: [{ role: 'user' as const, content: 'secret' }] };
  const headers = { 'content-type': 'text/event-stream', 'x-request-id': 'r7' };

  it.each<[string, ScriptedAnswer['body'], string]>([
    ['was truncated', [sseChunk({ content: 'secret' })], 'stream_truncated'],
    ['broke', [sseChunk({ content: 'secret' }), { error: new Error('secret') }], 'stream_interrupted'],
    ['failed', [sseChunk({ content: 'a' }), 'data: {"error":{"message":"secret"}}\n\n'], 'stream_error'],
  ])('has one line for one that %s after its headers', async (_, body, code) => {
    const { lines, logger } = createLines();
    const { nova } = openClient([{ headers, body }], { logger, headers: { authorization: 'secret' } });
    await nova.chat.stream(secret).result();
    expect(lines).toEqual([['stream failed', { code, attempts: 1, requestId: 'r7' }]]);
  });

  it('has one for a posted stream too', async () => {
    const { lines, logger } = createLines();
    const { nova } = openClient([{ headers, body: ['data: 1\n\n', { error: new Error('secret') }] }], { logger });
    await expect(readAll(nova.postStream('/x', secret))).rejects.toMatchObject({ requestId: 'r7' });
    expect(lines).toEqual([['stream failed', { code: 'stream_interrupted', attempts: 1, requestId: 'r7' }]]);
  });

  it('has none for one that is complete or was left', async () => {
    const { lines, logger } = createLines();
    const body = [sseAnswer('a')];
    const { nova } = openClient([{ body }, { body }], { logger });
    await nova.chat.stream(question).result();
    await nova.chat.stream(question).stop();
    expect(lines).toEqual([]);
  });
});
