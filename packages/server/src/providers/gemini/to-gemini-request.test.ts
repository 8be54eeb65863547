import type { ChatMessage, ChatRequest } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toGeminiRequest } from './to-gemini-request.js';

const hello: ChatMessage = { role: 'user', content: 'Hello' };
const helloTurn = { role: 'user', parts: [{ text: 'Hello' }] };
const schema = { type: 'object', properties: { city: { type: ['string', 'null'] } }, additionalProperties: false };
const weather = {
  type: 'function' as const,
  function: { name: 'weather', description: 'The weather', parameters: schema },
};
const weatherTool = { name: 'weather', description: 'The weather', parametersJsonSchema: schema };

const convert = (request: Partial<ChatRequest>, model = 'gemini-3-flash'): object =>
  toGeminiRequest({ messages: [hello], ...request }, model);
const call = (id: string, name: string, args: string, more: object = {}) => ({
  id,
  type: 'function' as const,
  function: { name, arguments: args },
  ...more,
});

describe('toGeminiRequest', () => {
  it('sends the least that Gemini needs', () => {
    expect(convert({ stream: true, temperature: null, stop: [] })).toEqual({ contents: [helloTurn] });
  });

  it.each<[name: string, request: Partial<ChatRequest>, config: object, model?: string]>([
    ['sampling', { temperature: 1.7, top_p: 0.5, seed: 7 }, { temperature: 1.7, topP: 0.5, seed: 7 }],
    ['zeros', { temperature: 0, top_p: 0, seed: 0 }, { temperature: 0, topP: 0, seed: 0 }],
    ['penalties', { presence_penalty: 1, frequency_penalty: -1 }, { presencePenalty: 1, frequencyPenalty: -1 }],
    ['max_tokens', { max_tokens: 5 }, { maxOutputTokens: 5 }],
    ['max_completion_tokens before max_tokens', { max_tokens: 5, max_completion_tokens: 7 }, { maxOutputTokens: 7 }],
    ['one stop', { stop: 'END' }, { stopSequences: ['END'] }],
    ['several stops', { stop: ['A', '', 'B'] }, { stopSequences: ['A', 'B'] }],
    ['several choices, where they can be had', { n: 3 }, { candidateCount: 3 }, 'gemini-2.5-flash-lite'],
    ['any JSON', { response_format: { type: 'json_object' } }, { responseMimeType: 'application/json' }],
    [
      'a JSON Schema, as it is',
      { response_format: { type: 'json_schema', json_schema: { name: 's', schema } } },
      { responseMimeType: 'application/json', responseJsonSchema: schema },
    ],
    [
      'effort as a level',
      { reasoning_effort: 'low' },
      { thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' } },
    ],
    [
      'effort as a budget',
      { reasoning_effort: 'high' },
      { thinkingConfig: { includeThoughts: true, thinkingBudget: 24_576 } },
      'gemini-2.5-pro',
    ],
    [
      'no effort as the least level',
      { reasoning_effort: 'none' },
      { thinkingConfig: { includeThoughts: false, thinkingLevel: 'MINIMAL' } },
      'gemini-3.5-flash-lite',
    ],
    ...['gemini-flash-latest', 'gemini-3.8-flash', 'gemini-3.1-pro-preview'].map(
      (model): [string, Partial<ChatRequest>, object, string] => [
        `no effort as the least that ${model} can`,
        { reasoning_effort: 'none' },
        { thinkingConfig: { includeThoughts: false, thinkingLevel: 'LOW' } },
        model,
      ],
    ),
    [
      'no effort as no budget',
      { reasoning_effort: 'none' },
      { thinkingConfig: { includeThoughts: false, thinkingBudget: 0 } },
      'gemini-2.5-flash',
    ],
  ])('carries %s', (_, request, config, model) => {
    expect(convert(request, model)).toEqual({ contents: [helloTurn], generationConfig: config });
  });

  it.each(['gemini-2.0-flash', 'gemma-3-27b-it', 'tunedModels/mine'])('asks %s for no thoughts', (model) => {
    expect(convert({ reasoning_effort: 'high' }, model)).toEqual({ contents: [helloTurn] });
  });

  it.each<[name: string, choice: ChatRequest['tool_choice'], config: object | undefined]>([
    ['nothing', undefined, undefined],
    ['auto', 'auto', { mode: 'AUTO' }],
    ['none', 'none', { mode: 'NONE' }],
    ['required', 'required', { mode: 'ANY' }],
    [
      'a function',
      { type: 'function', function: { name: 'weather' } },
      { mode: 'ANY', allowedFunctionNames: ['weather'] },
    ],
  ])('carries tools with %s as the choice', (_, choice, config) => {
    const tools = [weather, { type: 'function' as const, function: { name: 'clock' } }];
    expect(convert({ tools, ...(choice ? { tool_choice: choice } : {}) })).toEqual({
      contents: [helloTurn],
      tools: [{ functionDeclarations: [weatherTool, { name: 'clock' }] }],
      ...(config ? { toolConfig: { functionCallingConfig: config } } : {}),
    });
  });

  it('leaves out the penalties that newer models refuse', () => {
    const request = { presence_penalty: 1, frequency_penalty: -1, max_tokens: 5 };
    expect(convert(request, 'gemini-3.5-flash-lite')).toEqual({
      contents: [helloTurn],
      generationConfig: { maxOutputTokens: 5 },
    });
  });

  it('ends with a turn of the user where the model goes on with none of its own', () => {
    const messages: ChatMessage[] = [hello, { role: 'assistant', content: 'I am' }];
    const turns = [helloTurn, { role: 'model', parts: [{ text: 'I am' }] }];
    expect(convert({ messages })).toEqual({ contents: turns });
    const goOn = { role: 'user', parts: [{ text: expect.stringContaining('Go on') }] };
    expect(convert({ messages }, 'gemini-3.5-flash-lite')).toEqual({ contents: [...turns, goOn] });
  });

  it('refuses several choices where there is one only', () => {
    expect(() => convert({ n: 2 })).toThrow(expect.objectContaining({ code: 'bad_request', status: 400 }));
  });

  it('puts system and developer messages into the system instruction', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be kind.' },
      hello,
      { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] },
    ];
    expect(convert({ messages })).toEqual({
      contents: [helloTurn],
      systemInstruction: { parts: [{ text: 'Be kind.\nBe brief.' }] },
    });
  });

  it('converts images that are linked and images that are inside', () => {
    const image = (url: string) => ({ type: 'image_url' as const, image_url: { url } });
    const content = [
      image('data:image/png;base64,AAAA'),
      image('https://example.com/a.JPG?w=3'),
      image('https://example.com/a'),
    ];
    expect(convert({ messages: [{ role: 'user', content }] })).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
            { fileData: { mimeType: 'image/jpeg', fileUri: 'https://example.com/a.JPG?w=3' } },
            { fileData: { fileUri: 'https://example.com/a' } },
          ],
        },
      ],
    });
  });

  it('takes files and sounds that are inside', () => {
    const file = (mediaType: string) => ({
      type: 'file' as const,
      file: { file_data: `data:${mediaType};base64,AAAA`, filename: 'a' },
    });
    const sound = { type: 'input_audio' as const, input_audio: { data: 'BBBB', format: 'mp3' as const } };
    const content = [file('application/pdf'), file('text/plain'), sound];
    const parts = [
      { inlineData: { mimeType: 'application/pdf', data: 'AAAA' } },
      { inlineData: { mimeType: 'text/plain', data: 'AAAA' } },
      { inlineData: { mimeType: 'audio/mp3', data: 'BBBB' } },
    ];
    expect(convert({ messages: [{ role: 'user', content }] })).toEqual({ contents: [{ role: 'user', parts }] });
  });

  it.each([
    ['1.10', '{"output":"1.10"}'],
    ['12345678901234567890', '{"output":"12345678901234567890"}'],
    ['true', '{"output":"true"}'],
    ['"noon"', '{"output":"\\"noon\\""}'],
    ['{"id":12345678901234567890,"n":1}', '{"id":12345678901234567890,"n":1}'],
    ['[12345678901234567890]', '{"output":[12345678901234567890]}'],
  ])('gives the result of a tool as it is: %s', (content, response) => {
    const args = '{"id":12345678901234567890}';
    const messages: ChatMessage[] = [
      hello,
      { role: 'assistant', tool_calls: [call('a', 'f', args)] },
      { role: 'tool', tool_call_id: 'a', content },
    ];
    const body = JSON.stringify(convert({ messages }));
    expect(body).toContain(`"response":${response}}`);
    expect(body).toContain(`"args":${args}`);
  });

  it('answers parallel calls in one turn, by name, with signatures', () => {
    const signed = { extra_content: { google: { thought_signature: 'c2ln' } } };
    const messages: ChatMessage[] = [
      hello,
      {
        role: 'assistant',
        content: 'One moment.',
        tool_calls: [call('a', 'weather', '{"city":"Ulm"}', signed), call('b', 'clock', '')],
      },
      { role: 'tool', tool_call_id: 'a', content: '{"sky":"grey"}' },
      { role: 'tool', tool_call_id: 'b', content: '[12]' },
      { role: 'assistant', tool_calls: [call('c', 'clock', '{}')] },
      { role: 'tool', tool_call_id: 'c', content: 'noon' },
      { role: 'user', content: 'And?' },
    ];
    const contents = [
      helloTurn,
      {
        role: 'model',
        parts: [
          { text: 'One moment.' },
          { functionCall: { id: 'a', name: 'weather', args: { city: 'Ulm' } }, thoughtSignature: 'c2ln' },
          { functionCall: { id: 'b', name: 'clock', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'weather', response: { sky: 'grey' } } },
          { functionResponse: { id: 'b', name: 'clock', response: { output: [12] } } },
        ],
      },
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'c', name: 'clock', args: {} }, thoughtSignature: 'skip_thought_signature_validator' },
        ],
      },
      {
        role: 'user',
        parts: [{ functionResponse: { id: 'c', name: 'clock', response: { output: 'noon' } } }, { text: 'And?' }],
      },
    ];
    expect(convert({ messages })).toEqual({ contents });
    expect(JSON.stringify(convert({ messages }, 'gemini-2.5-flash'))).not.toContain('skip_thought');
  });

  it('begins with a turn of the user', () => {
    const messages: ChatMessage[] = [{ role: 'assistant', content: 'Welcome!' }, hello];
    expect(convert({ messages })).toEqual({
      contents: [{ role: 'user', parts: [{ text: '.' }] }, { role: 'model', parts: [{ text: 'Welcome!' }] }, helloTurn],
    });
  });

  it.each<[name: string, request: Partial<ChatRequest>, param: string]>([
    [
      'a result without its call',
      { messages: [hello, { role: 'tool', tool_call_id: 'x', content: '1' }] },
      'messages[1].tool_call_id',
    ],
    [
      'a file that was uploaded elsewhere',
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
      'messages[0].content[0].file.file_data',
    ],
    [
      'sound of another format',
      {
        messages: [
          { role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'ogg' as 'wav' } }] },
        ],
      },
      'messages[0].content[0].input_audio',
    ],
    [
      'images in a system message',
      {
        messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url: 'https://a.test' } } as never] }],
      },
      'messages[0].content[0]',
    ],
    [
      'calls that are no function calls',
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'custom' } as never] }] },
      'messages[0].tool_calls[0]',
    ],
  ])('refuses %s', (_, request, param) => {
    expect(() => convert(request)).toThrow(
      expect.objectContaining({ code: 'bad_request', status: 400, body: expect.objectContaining({ param }) }),
    );
  });
});
