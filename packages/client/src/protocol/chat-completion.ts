import type { ToolCall } from './chat-request.js';

/** Why a choice ended. Providers invent more words; they are kept. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | (string & {});

/** A source of a passage of the answer. Indexes count UTF-16 code units of the message text. */
export interface UrlCitation {
  start_index: number;
  end_index: number;
  url: string;
  title: string;
  /** The passage of the source that is meant, as plain text; OpenRouter's name for it. Few servers say it. */
  content?: string | undefined;
}

/** What the server says about a message beside its text. Types other than `url_citation` are kept. */
export type Annotation =
  | { type: 'url_citation'; url_citation: UrlCitation }
  | { type: string & {}; url_citation?: undefined };

/** Tokens of one answer. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: { cached_tokens?: number; [member: string]: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: number; [member: string]: unknown } | null;
  [member: string]: unknown;
}

/** One token of an answer, how likely it was (natural logarithm), and what else could have stood there. */
export interface TokenLogprob {
  token: string;
  logprob: number;
  bytes: number[] | null;
  top_logprobs: { token: string; logprob: number; bytes: number[] | null }[];
}

/** The tokens of one choice, when the request asked for `logprobs`. */
export interface ChoiceLogprobs {
  content: TokenLogprob[] | null;
  refusal?: TokenLogprob[] | null;
}

/** The answer went over to another provider in mid-stream; `reason` is an error code. */
export interface ProviderSwitch {
  from: string;
  to: string;
  reason: string;
}

/** The one member that is ours, on a chunk or on a completion. Official clients ignore it. */
export interface NovaMeta {
  /** The provider that serves the answer. */
  provider?: string;
  /** Names the stream in `GET` and `DELETE /v1/chat/streams/{stream_id}`. */
  stream_id?: string;
  switched?: ProviderSwitch;
  /** Provider calls made for this answer, the successful one included. */
  attempts?: number;
  /** Questions that a visitor may want to ask next, the likeliest first; on a completion, or on the last chunks. */
  suggestions?: string[];
}

/** A whole message of the assistant. */
export interface CompletionMessage {
  role: 'assistant';
  content: string | null;
  refusal: string | null;
  reasoning_content?: string | null;
  tool_calls?: ToolCall[];
  annotations?: Annotation[];
  [member: string]: unknown;
}

/** One of the answers that a request asked for with `n`. */
export interface CompletionChoice {
  index: number;
  message: CompletionMessage;
  finish_reason: FinishReason | null;
  logprobs?: ChoiceLogprobs | null;
}

/** The body of a `POST /v1/chat/completions` without `stream`. */
export interface ChatCompletion {
  id: string;
  object: 'chat.completion';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: CompletionChoice[];
  usage?: Usage | null;
  nova?: NovaMeta;
  [member: string]: unknown;
}
