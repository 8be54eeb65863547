import type { Annotation, ChoiceLogprobs, FinishReason, NovaMeta, Usage } from './chat-completion.js';

/** A fragment of a tool call; `index` says which call it belongs to. */
export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: 'function';
  function?: { name?: string; arguments?: string };
}

/** What a chunk adds to the message of its choice. */
export interface ChunkDelta {
  role?: 'assistant';
  content?: string | null;
  refusal?: string | null;
  reasoning_content?: string | null;
  tool_calls?: ToolCallDelta[];
  annotations?: Annotation[];
  [member: string]: unknown;
}

/** What a chunk says of one choice; `finish_reason` is null until its last one. */
export interface ChunkChoice {
  index: number;
  delta: ChunkDelta;
  finish_reason: FinishReason | null;
  logprobs?: ChoiceLogprobs | null;
}

/** One event of a streamed answer: the `data` of an SSE event. */
export interface ChatChunk {
  id: string;
  object: 'chat.completion.chunk';
  /** Seconds since 1970. */
  created: number;
  model: string;
  /** Empty on a chunk that carries only usage or `nova`. */
  choices: ChunkChoice[];
  usage?: Usage | null;
  nova?: NovaMeta;
  [member: string]: unknown;
}
