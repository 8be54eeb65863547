import { describe, expect, it } from 'vitest';
import { toOllamaError } from './ollama-error.js';

describe('toOllamaError', () => {
  it.each<[status: number, body: unknown, expected: object]>([
    [
      404,
      { error: 'model "llama9" not found, try pulling it first' },
      { code: 'not_found', body: { code: 'model_not_found' } },
    ],
    [404, { error: 'page not found' }, { code: 'not_found', body: { code: null } }],
    [404, '404 page not found', { code: 'not_found', body: undefined }],
    [
      400,
      { error: 'registry.ollama.ai/library/x does not support tools' },
      { code: 'bad_request', retryable: false, body: { code: 'unsupported_value' } },
    ],
    [
      400,
      {
        error:
          '{"error":{"code":400,"message":"request (8889 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":8889,"n_ctx":4096}}',
      },
      {
        code: 'bad_request',
        body: {
          code: 'context_length_exceeded',
          message: 'request (8889 tokens) exceeds the available context size (4096 tokens), try increasing it',
        },
      },
    ],
    [
      400,
      { error: 'the prompt is longer than the context length currently available to the model' },
      { code: 'bad_request', body: { code: 'context_length_exceeded' } },
    ],
    [401, { error: 'unauthorized' }, { code: 'authentication_error', body: undefined }],
    [429, { error: 'too many requests' }, { code: 'rate_limited', retryable: true }],
    [500, { error: 'llama runner process has terminated' }, { code: 'server_error', retryable: true, body: undefined }],
    [
      503,
      { error: 'server busy, please try again. maximum pending requests exceeded' },
      { code: 'overloaded', retryable: true },
    ],
  ])('converts %d %j', (status, body, expected) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const error = toOllamaError({ provider: 'ollama', status, headers: new Headers(), text, apiKey: undefined });
    expect(error).toMatchObject({ status, ...expected });
  });
});
