import {
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type UsageMetadata,
} from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { toOpenAiFailure } from './openai.js';
import { type Answer, type Ask, type RealClient, toDataUrl } from './real-client.js';

/** LangChain's client of OpenAI. It leaves the running of tools to the application. */
export function createLangChain(baseURL: string): RealClient {
  const run = async (ask: Ask, speak: (messages: BaseMessage[]) => Promise<Spoken>): Promise<Answer> => {
    const messages = toMessages(ask);
    const spoken = await speak(messages);
    if (!ask.tool) return toAnswer(spoken);
    messages.push(spoken.message);
    for (const { id = '', args } of spoken.message.tool_calls ?? [])
      messages.push(new ToolMessage({ tool_call_id: id, content: ask.tool.run(args['city'] as string) }));
    return toAnswer(await speak(messages));
  };
  const create = ({ model }: Ask): ChatOpenAI =>
    new ChatOpenAI({ model, apiKey: 'k', maxRetries: 0, streamUsage: true, configuration: { baseURL } });
  return {
    name: '@langchain/openai',
    whole: (ask) =>
      run(ask, async (messages) => ({ message: await create(ask).invoke(messages, toOptions(ask)), pieces: 1 })),
    stream: (ask) =>
      run(ask, async (messages) => {
        const chunks = await create(ask).stream(messages, toOptions(ask));
        let { value: message } = await chunks.next();
        let pieces = 0;
        for (let next = message; next; { value: next } = await chunks.next()) {
          if (next !== message) message = message.concat(next);
          if (next.text === '') continue;
          pieces += 1;
          ask.onText?.(next.text);
        }
        ask.signal?.throwIfAborted();
        return { message, pieces };
      }),
    toFailure: toOpenAiFailure,
  };
}

interface Spoken {
  message: AIMessageChunk;
  pieces: number;
}

function toMessages({ system, question, image }: Ask): BaseMessage[] {
  const content = [
    { type: 'text' as const, text: question },
    ...(image ? [{ type: 'image_url' as const, image_url: { url: toDataUrl(image) } }] : []),
  ];
  return [...(system ? [new SystemMessage(system)] : []), new HumanMessage({ content })];
}

function toOptions({ signal, schema, isJson, tool }: Ask) {
  return {
    ...(signal ? { signal } : {}),
    ...(schema ? { response_format: { type: 'json_schema' as const, json_schema: { name: 'weather', schema } } } : {}),
    ...(isJson ? { response_format: { type: 'json_object' as const } } : {}),
    ...(tool
      ? {
          tools: [
            {
              type: 'function' as const,
              function: { name: tool.name, description: tool.description, parameters: tool.parameters },
            },
          ],
        }
      : {}),
  };
}

function toAnswer({ message, pieces }: Spoken): Answer {
  // Its own type says `never` for a chunk without a fixed structure.
  const usage = message.usage_metadata as UsageMetadata | undefined;
  return {
    text: message.text,
    finishReason: String(message.response_metadata['finish_reason']),
    usage: {
      input: usage?.input_tokens ?? -1,
      output: usage?.output_tokens ?? -1,
      cached: usage?.input_token_details?.cache_read ?? 0,
    },
    pieces,
  };
}
