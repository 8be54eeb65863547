import { expect, it } from 'vitest';
import { parseChatRequest } from '../chat/parse-chat-request.js';
import { estimateUsage } from './estimate-usage.js';

it('guesses what a question with pictures cost, also with the nulls of a serializer', () => {
  const request = parseChatRequest({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?!', image_url: null },
          { type: 'image_url', text: null, image_url: { url: 'https://a/b' } },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'custom', function: null }] },
    ],
  });
  expect(estimateUsage(request, 'A tree.!')).toEqual({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
});
