import type { ChatMessage } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toAnthropicMessages } from './to-anthropic-messages.js';

const text = (said: string): object => ({ type: 'text', text: said });
const call = (id: string, name: string, args: string) => ({
  id,
  type: 'function' as const,
  function: { name, arguments: args },
});

describe('toAnthropicMessages', () => {
  it('puts system and developer messages together, also those in the middle', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
      {
        role: 'developer',
        content: [
          { type: 'text', text: 'Be ' },
          { type: 'text', text: 'brief.' },
        ],
      },
      { role: 'user', content: 'You there?' },
    ];
    expect(toAnthropicMessages(messages, true)).toEqual({
      system: 'Be kind.\nBe brief.',
      messages: [{ role: 'user', content: [text('Hi'), text('You there?')] }],
    });
  });

  it('keeps what callers mark for the prompt cache, of a message and of a part', () => {
    const cache_control = { type: 'ephemeral' };
    const hour = { type: 'ephemeral', ttl: '1h' };
    const url = 'https://example.com/a.png';
    const messages = [
      {
        role: 'system',
        content: [{ type: 'text', text: 'The handbook.', cache_control: hour }, text('Today is Sunday.')],
      },
      { role: 'developer', content: 'Be brief.', cache_control },
      { role: 'user', content: [{ type: 'image_url', image_url: { url }, cache_control }, text('Look')] },
      { role: 'assistant', content: 'So.', tool_calls: [call('a', 'f', '{}')], cache_control },
      { role: 'tool', tool_call_id: 'a', content: 'ok', cache_control },
      { role: 'user', content: 'Now?', cache_control },
    ] as ChatMessage[];
    expect(toAnthropicMessages(messages, true)).toEqual({
      system: [
        { ...text('The handbook.'), cache_control: hour },
        text('Today is Sunday.'),
        { ...text('Be brief.'), cache_control },
      ],
      messages: [
        { role: 'user', content: [{ type: 'image', source: { type: 'url', url }, cache_control }, text('Look')] },
        {
          role: 'assistant',
          content: [text('So.'), { type: 'tool_use', id: 'a', name: 'f', input: {}, cache_control }],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: 'ok', cache_control },
            { ...text('Now?'), cache_control },
          ],
        },
      ],
    });
  });

  it.each([true, 'ephemeral', {}, { type: 'eternal' }, { type: 'ephemeral', ttl: '9h' }, null])(
    'makes nothing of %j, which is no such mark',
    (mark) => {
      const messages = [
        { role: 'system', content: 'Be kind.', cache_control: mark },
        { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: mark }] },
      ] as unknown as ChatMessage[];
      expect(toAnthropicMessages(messages, true)).toEqual({
        system: 'Be kind.',
        messages: [{ role: 'user', content: [text('Hi')] }],
      });
    },
  );

  it('leaves out texts of white space, which are refused', () => {
    const image = { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } };
    const messages: ChatMessage[] = [
      { role: 'system', content: ' \n' },
      { role: 'user', content: [{ type: 'text', text: ' ' }, image] },
      { role: 'assistant', content: '\n' },
      { role: 'user', content: '\n ' },
    ];
    expect(toAnthropicMessages(messages, true)).toEqual({
      system: '',
      messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: image.image_url.url } }] }],
    });
  });

  it('takes image/jpg for what it means', () => {
    const url = 'data:image/jpg;base64,AAAA';
    const content = [
      { type: 'image_url' as const, image_url: { url } },
      { type: 'file' as const, file: { file_data: url, filename: 'a.jpg' } },
    ];
    const jpeg = { type: 'image', source: { media_type: 'image/jpeg' } };
    expect(toAnthropicMessages([{ role: 'user', content }], true).messages[0]?.content).toMatchObject([jpeg, jpeg]);
  });

  it('converts images that are linked and images that are inside', () => {
    const url = 'data:image/PNG;name=a.png;base64,AAAA';
    const messages: ChatMessage[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        ],
      },
    ];
    expect(toAnthropicMessages(messages, true).messages[0]?.content).toEqual([
      text('Look'),
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    ]);
  });

  it('converts PDF files and texts to documents, with their names and marks', () => {
    const cache_control = { type: 'ephemeral' };
    const file = (mediaType: string, words: string, filename?: string) => {
      const file_data = `data:${mediaType};base64,${Buffer.from(words).toString('base64')}`;
      return { type: 'file' as const, file: { file_data, ...(filename === undefined ? {} : { filename }) } };
    };
    const content = [
      { ...file('application/pdf', '%PDF', 'Offer.pdf'), cache_control },
      file('text/markdown;charset=utf-8', '# Café', ''),
      file('image/png', 'p', 'a.png'),
    ];
    expect(toAnthropicMessages([{ role: 'user', content }], true).messages[0]?.content).toEqual([
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' },
        title: 'Offer.pdf',
        cache_control,
      },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '# Café' } },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'cA==' } },
    ]);
  });

  it('puts the results of several tools first into one turn of the user', () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: 'One moment.',
        tool_calls: [call('toolu_a', 'weather', '{"city":"Ulm"}'), call('functions.clock:1', 'clock', '')],
      },
      { role: 'tool', tool_call_id: 'toolu_a', content: 'rain' },
      { role: 'user', content: 'And quickly!' },
      { role: 'tool', tool_call_id: 'functions.clock:1', content: '' },
    ];
    expect(toAnthropicMessages(messages, true).messages).toEqual([
      { role: 'user', content: [text('Weather?')] },
      {
        role: 'assistant',
        content: [
          text('One moment.'),
          { type: 'tool_use', id: 'toolu_a', name: 'weather', input: { city: 'Ulm' } },
          { type: 'tool_use', id: 'functions_clock_1', name: 'clock', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_a', content: 'rain' },
          { type: 'tool_result', tool_use_id: 'functions_clock_1' },
          text('And quickly!'),
        ],
      },
    ]);
  });

  it.each([
    ['no JSON', '{"city": "U', { arguments: '{"city": "U' }],
    ['no object', '[1]', { arguments: '[1]' }],
    ['nothing', ' ', {}],
  ])('takes tool arguments that are %s', (_, args, input) => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', tool_calls: [call('a', 'weather', args)] },
    ];
    expect(toAnthropicMessages(messages, true).messages[1]?.content).toEqual([
      { type: 'tool_use', id: 'a', name: 'weather', input },
    ]);
  });

  it('keeps numbers in tool arguments that are too long for a number', () => {
    const args = '{"order":12345678901234567890,"price":1.5}';
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', tool_calls: [call('a', 'weather', args)] },
    ];
    expect(JSON.stringify(toAnthropicMessages(messages, true))).toContain(`"input":${args}`);
  });

  it('gives thinking back before all else, when it came with its signature', () => {
    const blocks = [
      { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'aGlk' },
      { type: 'thinking', thinking: 'unsigned' },
    ];
    const assistant = {
      role: 'assistant' as const,
      content: 'Well.',
      reasoning_content: 'Hm.',
      thinking_blocks: blocks,
    };
    const { messages } = toAnthropicMessages(
      [{ role: 'user', content: 'Hi' }, assistant, { role: 'user', content: 'And?' }],
      true,
    );
    expect(messages[1]?.content).toEqual([blocks[0], blocks[1], text('Well.')]);
  });

  it('merges neighbours of the assistant and leaves out turns without content', () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'A' },
      { role: 'assistant', content: null },
      { role: 'user', content: '' },
      { role: 'assistant', content: null, refusal: 'I will not.' },
      { role: 'user', content: 'Why?' },
    ];
    expect(toAnthropicMessages(messages, true).messages).toEqual([
      { role: 'user', content: [text('Hi')] },
      { role: 'assistant', content: [text('A'), text('I will not.')] },
      { role: 'user', content: [text('Why?')] },
    ]);
  });

  it.each<[string, ChatMessage[]]>([
    [
      'an assistant’s greeting',
      [
        { role: 'assistant', content: 'Welcome!' },
        { role: 'user', content: 'Hi' },
      ],
    ],
    ['nothing but a system message', [{ role: 'system', content: 'Be kind.' }]],
  ])('begins with a turn of the user where there is %s', (_, messages) => {
    expect(toAnthropicMessages(messages, true).messages[0]).toEqual({ role: 'user', content: [text('.')] });
  });

  it.each([
    ['as a prefill without white space at its end', true, [text('The answer')]],
    ['followed by a turn that asks to go on', false, [text('The answer \n')]],
  ])('sends an unfinished answer %s', (_, prefill, said) => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'The answer \n' },
    ];
    const turns = toAnthropicMessages(messages, prefill).messages;
    expect(turns[1]?.content).toEqual(said);
    expect(turns.map(({ role }) => role)).toEqual(prefill ? ['user', 'assistant'] : ['user', 'assistant', 'user']);
  });
});
