import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  CallOptions,
  ChatCompletion,
  ChatEvent,
  ChatFailure,
  ChatRequest,
  ChatResult,
  ChatStream,
  ChatStreamOptions,
  ClientOptions,
  CompletionMessage,
  NovaClient,
  NovaErrorCode,
  ParsedCompletion,
  ResponsePromise,
  RetryNotice,
  StandardSchema,
  Transport,
  WithResponse,
} from './index.js';
import { createChat, createClient, isNovaError, NovaError } from './index.js';
import type { Pool, PoolOptions } from './node.js';

/** A schema as validators have it: its type is told by `types` too, which is not used here. */
const schema = {} as StandardSchema<{ city: string }> & { '~standard': { types?: { input: string } } };

// The compiler is the test: `npm run typecheck` reads this file. None of the functions is called.
describe('the public types', () => {
  it('let options be left out or undefined, and no others in', () => {
    expectTypeOf(createClient).toBeCallableWith({ baseUrl: '' });
    expectTypeOf(createClient).toBeCallableWith({ baseUrl: '', retry: undefined, timeouts: { idleMs: undefined } });
    expectTypeOf(createClient).returns.toEqualTypeOf<NovaClient>();
    expectTypeOf<ClientOptions['baseUrl']>().toEqualTypeOf<string>();
    type Undefinable<T> = { [name in keyof T]-?: undefined extends T[name] ? never : name }[keyof T];
    expectTypeOf<Undefinable<ClientOptions>>().toEqualTypeOf<'baseUrl'>();
    expectTypeOf<Undefinable<PoolOptions>>().toBeNever();
    expectTypeOf<Undefinable<CallOptions>>().toBeNever();
    expectTypeOf<Undefinable<ChatStreamOptions>>().toBeNever();
    // @ts-expect-error `baseUrl` is required
    expectTypeOf<{ retry: object }>().toExtend<ClientOptions>();
    // @ts-expect-error the word is `timeouts`
    expectTypeOf(() => createClient({ baseUrl: '', timeout: 5 })).toBeFunction();
    expectTypeOf<Pool>().toExtend<Transport>();
    expectTypeOf<Parameters<NonNullable<ClientOptions['onRetry']>>[0]>().toEqualTypeOf<RetryNotice>();
    expectTypeOf<RetryNotice['source']>().toEqualTypeOf<'delays' | 'retry-after'>();
  });

  it('give the type of a call to its answer', () => {
    const nova = {} as NovaClient;
    expectTypeOf(nova.get<{ a: 1 }>).returns.toEqualTypeOf<ResponsePromise<{ a: 1 }>>();
    expectTypeOf(nova.get).returns.toEqualTypeOf<ResponsePromise<unknown>>();
    expectTypeOf<NovaClient['chat']['create']>().returns.resolves.toEqualTypeOf<ChatCompletion>();
    expectTypeOf<ResponsePromise<1>['withResponse']>().returns.resolves.toEqualTypeOf<WithResponse<1>>();
  });

  it('let the source of an annotation be read, and an answer be picked up where a stream is', () => {
    const read = ({ annotations = [] }: CompletionMessage): (string | undefined)[] =>
      annotations.map((one) => (one.type === 'url_citation' ? one.url_citation?.url : undefined));
    expectTypeOf(read).returns.toEqualTypeOf<(string | undefined)[]>();
    const resume = (nova: NovaClient, { lastEventId }: ChatStream): ChatStream =>
      nova.chat.resume('s1', { after: lastEventId });
    expectTypeOf(resume).returns.toEqualTypeOf<ChatStream>();
  });

  it('tell the events of a stream apart by type', () => {
    const read = async (stream: ChatStream): Promise<void> => {
      for await (const event of stream) {
        expectTypeOf(event).toEqualTypeOf<ChatEvent>();
        if (event.type === 'text-delta') expectTypeOf(event.text).toEqualTypeOf<string>();
        else if (event.type === 'tool-call-delta') expectTypeOf(event.index).toEqualTypeOf<number>();
        else if (event.type === 'citation') expectTypeOf(event.citation.url).toEqualTypeOf<string>();
        else if (event.type === 'usage') expectTypeOf(event.usage.total_tokens).toEqualTypeOf<number>();
        else if (event.type === 'end') {
          if (event.outcome === 'failed') expectTypeOf(event.error).toEqualTypeOf<ChatFailure>();
          if (event.outcome === 'truncated') expectTypeOf(event.error).toEqualTypeOf<ChatFailure | undefined>();
          if (event.outcome === 'complete' || event.outcome === 'aborted')
            expectTypeOf(event.error).toEqualTypeOf<undefined>();
          // @ts-expect-error text is not a member of an end
          expectTypeOf(event.text).toBeString();
        }
      }
    };
    expectTypeOf(read).returns.resolves.toBeVoid();
    expectTypeOf(createChat({ baseUrl: '' }).stream).returns.toExtend<AsyncIterable<ChatEvent>>();
    expectTypeOf<ReturnType<NovaClient['chat']['resume']>>().toEqualTypeOf<ChatStream>();
  });

  it('tell by the outcome whether a result has an error', () => {
    const handle = (result: ChatResult): void => {
      expectTypeOf(result.text).toEqualTypeOf<string>();
      expectTypeOf(result.error).toEqualTypeOf<NovaError | undefined>();
      switch (result.outcome) {
        case 'complete':
        case 'aborted':
          expectTypeOf(result.error).toEqualTypeOf<undefined>();
          break;
        case 'truncated':
        case 'failed':
          expectTypeOf(result.error).toEqualTypeOf<NovaError>();
          break;
        default:
          expectTypeOf(result).toBeNever();
      }
    };
    expectTypeOf(handle).parameters.toEqualTypeOf<[ChatResult]>();
  });

  it('infer the value of chat.parse from its schema', () => {
    const parse = (nova: NovaClient) => nova.chat.parse({ messages: [] }, schema);
    expectTypeOf(parse).returns.resolves.toEqualTypeOf<ParsedCompletion<{ city: string }>>();
  });

  it('keep members of a request that they do not know', () => {
    expectTypeOf<{ messages: []; top_k: number }>().toExtend<ChatRequest>();
    // @ts-expect-error a request has messages
    expectTypeOf<{ model: string }>().toExtend<ChatRequest>();
  });

  it('say each code of an error', () => {
    expectTypeOf<NovaError['code']>().toEqualTypeOf<NovaErrorCode>();
    expectTypeOf<'idle_timeout' | 'rate_limited'>().toExtend<NovaErrorCode>();
    // @ts-expect-error no such code
    expectTypeOf<'idle-timeout'>().toExtend<NovaErrorCode>();
    const error: unknown = new NovaError({ code: 'aborted', message: '' });
    if (isNovaError(error)) expectTypeOf(error).toEqualTypeOf<NovaError>();
    expectTypeOf<NovaError>().toExtend<ChatFailure>();
    expect(isNovaError(error)).toBe(true);
  });
});
