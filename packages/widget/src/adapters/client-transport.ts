import { type ChatOptions, type ClientOptions, createChat } from '@nova-chat/client';
import type { ChatTransport } from '@nova-chat/client/conversation';

/** Where `createClientTransport` gets its answers. */
export interface ClientTransportOptions {
  /** Base URL of the API, or the full address of its `/v1/chat/completions`; relative to the page. */
  endpoint: string;
  /** Asked at each question, so that a change counts from the next one on. Blank: the server's default. */
  model: () => string;
  headers?: ClientOptions['headers'] | null | undefined;
}

/** A longer wait that a server asks for is shown, with a countdown, and not waited for in silence. */
const maxRetryAfterMs = 3000;

/** Turns the client into a transport of a conversation. */
export function createClientTransport({ endpoint, model, headers }: ClientTransportOptions): ChatTransport {
  const chat = createChat(toClientOptions({ endpoint, headers }));
  return {
    send(input, options) {
      const id = model();
      return chat.stream(id ? { ...input, model: id } : { ...input }, options);
    },
  };
}

/** Gives the options of a client that answers a chat. */
export function toClientOptions({ endpoint, headers }: Omit<ClientTransportOptions, 'model'>): ChatOptions {
  return { baseUrl: toBaseUrl(endpoint), retry: { maxRetryAfterMs }, headers: headers ?? undefined };
}

/** Gives the part of an endpoint in front of `/v1`. Without one it is the host of the page, whatever `<base>` it has. */
export function toBaseUrl(endpoint: string, page: string = document.baseURI): string {
  return new URL(endpoint || origin, page).href.replace(/\/+$/, '').replace(/(\/v1)?(\/chat\/completions)?$/, '');
}
