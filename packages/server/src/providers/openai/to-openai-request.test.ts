import type { ChatMessage } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toOpenAiRequest } from './to-openai-request.js';

const messages = [{ role: 'user' as const, content: 'hi' }];
const options = { model: 'cheap', stream: false };

describe('toOpenAiRequest', () => {
  it.each<[string, unknown]>([
    ['models', ['dear/one']],
    ['fallbacks', ['dear/one']],
    ['route', 'fallback'],
    ['provider', { order: ['dear'] }],
    ['plugins', [{ id: 'web' }]],
    ['preset', 'dear'],
    ['api_base', 'http://169.254.169.254'],
    ['base_url', 'http://169.254.169.254'],
    ['api_key', 'sk-other'],
    ['extra_headers', { 'x-own': '1' }],
    ['extra_body', { model: 'dear' }],
    ['custom_llm_provider', 'dear'],
    ['user_config', { model_list: [] }],
    ['model_list', [{ model_name: 'dear' }]],
  ])('leaves out %s, which says who answers or what else it does', (name, value) => {
    expect(toOpenAiRequest({ messages, model: 'auto', [name]: value }, options)).toEqual({ messages, ...options });
  });

  it.each([null, []])('leaves out tool calls that are %j, which OpenAI refuses', (calls) => {
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const calling = { role: 'assistant', content: null, tool_calls: [call] };
    const said = [...messages, { role: 'assistant', content: 'a', tool_calls: calls }, calling];
    expect(toOpenAiRequest({ messages: said as ChatMessage[] }, options).messages).toEqual([
      ...messages,
      { role: 'assistant', content: 'a' },
      calling,
    ]);
  });

  it('keeps other members that nobody here knows', () => {
    const request = { messages, top_k: 40, safe_prompt: true, chat_template_kwargs: { enable_thinking: false } };
    expect(toOpenAiRequest(request, options)).toEqual({ ...request, ...options });
  });
});
