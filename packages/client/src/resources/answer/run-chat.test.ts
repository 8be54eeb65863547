import { describe, expect, it } from 'vitest';
import { openClient, question } from '../../test-support/open-client.js';
import { readAll } from '../../test-support/read-all.js';
import { sseAnswer, sseChunk } from '../../test-support/sse-text.js';

describe('a streamed answer', () => {
  it('says everything that comes as events, and the end once', async () => {
    const citation = { start_index: 0, end_index: 1, url: 'https://a.test', title: 'A' };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const switched = { from: 'a', to: 'b', reason: 'stream_interrupted' };
    const { nova } = openClient([
      {
        headers: { 'content-type': 'text/event-stream', 'x-request-id': 'r2' },
        body: [
          sseChunk({ role: 'assistant' }, { nova: { provider: 'a', stream_id: 's' } }),
          sseChunk({ reasoning_content: 'hm' }),
          sseChunk({ content: 'a' }),
          sseChunk({ annotations: [{ type: 'url_citation', url_citation: citation }, { type: 'other' }] }),
          sseChunk({}, { nova: { switched, provider: 'b' } }),
          sseChunk({ tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{"x"' } }] }),
          sseChunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
          sseChunk({}, { finish_reason: 'stop', usage }),
          'data: [DONE]\n\n',
        ],
      },
    ]);
    const stream = nova.chat.stream(question);
    expect(await readAll(stream)).toEqual([
      { type: 'stream-start', streamId: 's', provider: 'a', model: 'm' },
      { type: 'reasoning-delta', text: 'hm', choice: 0 },
      { type: 'text-delta', text: 'a', choice: 0 },
      { type: 'citation', citation, choice: 0 },
      { type: 'provider-switch', switch: switched },
      { type: 'tool-call-delta', index: 0, id: 't', name: 'f', arguments: '{"x"', choice: 0 },
      { type: 'tool-call-delta', index: 0, arguments: ':1}', choice: 0 },
      { type: 'usage', usage },
      { type: 'end', outcome: 'complete', finishReason: 'stop', error: undefined },
    ]);
    expect(await stream.result()).toMatchObject({ text: 'a', usage, provider: 'b', streamId: 's', requestId: 'r2' });
    expect(await stream.toolCalls()).toEqual([{ id: 't', name: 'f', arguments: '{"x":1}', input: { x: 1 } }]);
  });

  it('knows the stream from its first event, whatever comes with it', async () => {
    const { nova } = openClient([
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 's9' } }) + sseAnswer('a')] },
    ]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ streamId: 's9' });
  });

  it('starts over with an empty answer when an attempt fails before its content', async () => {
    const { nova } = openClient([
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 'one' } }), { error: new Error('x') }] },
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 'two' } }), sseAnswer('a')] },
    ]);
    const events = await readAll(nova.chat.stream(question));
    expect(events.filter(({ type }) => type === 'stream-start')).toMatchObject([
      { streamId: 'one' },
      { streamId: 'two' },
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'complete' });
  });

  it.each([
    ['asks again after', 'overloaded_error', 3],
    ['does not ask a server again that has asked its providers:', 'upstream_timeout', 1],
  ])('%s %s before the first content', async (_, code, count) => {
    const body = [`data: ${JSON.stringify({ error: { message: 'x', type: 'server_error', code } })}\n\n`];
    const { nova, requests } = openClient(() => ({ body }), { retry: { delays: [0, 0] } });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', attempts: count });
    expect(requests).toHaveLength(count);
  });

  it('waits for all the choices that were asked for', async () => {
    const { nova } = openClient(() => ({ body: [sseChunk({ content: 'a' }, { finish_reason: 'stop' })] }));
    expect(await nova.chat.stream({ ...question, n: 2 }).result()).toMatchObject({ outcome: 'truncated' });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete' });
  });
});
