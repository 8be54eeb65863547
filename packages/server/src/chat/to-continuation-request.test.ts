import type { ChatRequest } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toContinuationRequest } from './to-continuation-request.js';

const request: ChatRequest = { messages: [{ role: 'user', content: 'hi' }] };
const said = 'word '.repeat(384);

describe('toContinuationRequest', () => {
  // 1,920 characters are taken for 480 tokens; 32 are for the words that are repeated at the seam.
  it.each<[string, Partial<ChatRequest>, Partial<ChatRequest>]>([
    ['what is left of the limit', { max_tokens: 500 }, { max_tokens: 52 }],
    ['the newer one', { max_completion_tokens: 1_000 }, { max_completion_tokens: 552 }],
    ['both', { max_tokens: 500, max_completion_tokens: 500 }, { max_tokens: 52, max_completion_tokens: 52 }],
    ['enough for the seam', { max_tokens: 100 }, { max_tokens: 32 }],
    ['no more than was asked for', { max_tokens: 10 }, { max_tokens: 10 }],
    ['none where none was', { max_tokens: null }, { max_tokens: null }],
  ])('asks for %s', (_, limits, expected) => {
    const { messages: _messages, ...rest } = toContinuationRequest({ ...request, ...limits }, said);
    expect(rest).toEqual(expected);
  });

  it('asks for all of it while nothing was said', () => {
    const limited = { ...request, max_tokens: 500 };
    expect(toContinuationRequest(limited, ' ')).toBe(limited);
  });
});
