import { createLogger, loadConfig, type RunningServer, startServer, type VendorConfig } from '@nova-chat/server';

/** The time limits of production, divided by about 60: as short as a busy machine can keep. */
const shortTimes = {
  PORT: '0',
  SITE_CONTENT: 'docs/decisions',
  SHUTDOWN_MS: '20',
  HEADERS_TIMEOUT_MS: '500',
  FIRST_EVENT_TIMEOUT_MS: '500',
  IDLE_TIMEOUT_MS: '500',
  TOTAL_TIMEOUT_MS: '2500',
  START_TIMEOUT_MS: '6000',
  RETRY_DELAYS_MS: '10',
};

/** For what no limit is to end, on a machine that is busy too. */
export const ampleTimes = {
  HEADERS_TIMEOUT_MS: '20000',
  FIRST_EVENT_TIMEOUT_MS: '20000',
  IDLE_TIMEOUT_MS: '20000',
  TOTAL_TIMEOUT_MS: '20000',
  START_TIMEOUT_MS: '25000',
};

export interface Served extends AsyncDisposable {
  url: string;
  /** Asks for a stream, unless the body says otherwise. */
  ask(body?: object): Promise<Answer>;
}

/** Starts a server in front of these providers of OpenAI's kind, in this order. */
export async function serve(urls: readonly string[], env: Record<string, string> = {}): Promise<Served> {
  const providers = urls.map(
    (url, index): VendorConfig => ({
      kind: 'openai',
      name: `p${index}`,
      baseUrl: `${url}/v1`,
      apiKey: 'sk-planted-key',
      models: ['m'],
    }),
  );
  const auto = providers.map(({ name }) => ({ provider: name, model: 'm' }));
  const config = { ...loadConfig({ ...shortTimes, ...env }), providers, auto };
  const server: RunningServer = await startServer(config, { logger: createLogger('silent') });
  return {
    url: server.url,
    ask: (body) => askForAnswer(server.url, body),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** What a visitor gets. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Of the first choice. */
  text: string;
  /** Of the error, in the body or in the stream. */
  code: string | undefined;
  /** The stream had its `[DONE]`, or the whole answer has come. */
  isDone: boolean;
  switches: number;
  raw: string;
}

interface Event {
  choices?: { index?: number; delta?: { content?: string }; message?: { content?: string } }[];
  error?: { code: string };
  nova?: { switched?: object };
}

export async function askForAnswer(url: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hello?' }], ...body }),
  });
  const { status, headers } = response;
  const raw = await response.text();
  const isStream = headers.get('content-type')?.startsWith('text/event-stream');
  const lines = isStream ? [...raw.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => line) : [raw];
  const events = lines.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line) as Event);
  const toText = ({ choices = [] }: Event): string => {
    const first = choices.find(({ index = 0 }) => index === 0);
    return (first?.delta ?? first?.message)?.content ?? '';
  };
  return {
    status,
    headers,
    text: events.map(toText).join(''),
    code: events.find((event) => event.error)?.error?.code,
    isDone: isStream ? lines.at(-1) === '[DONE]' : status === 200,
    switches: events.filter((event) => event.nova?.switched).length,
    raw,
  };
}
