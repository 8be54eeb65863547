/** The author of a message. `developer` is OpenAI's newer name for `system`. */
export type ChatRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/** A part of a message: text. */
export interface TextPart {
  type: 'text';
  text: string;
}

/** A part of a question: an image. */
export interface ImagePart {
  type: 'image_url';
  /** `url` is `https:` or a `data:` URI. */
  image_url: { url: string; detail?: 'auto' | 'low' | 'high' };
}

/** A part of an answer in which the model declines. */
export interface RefusalPart {
  type: 'refusal';
  refusal: string;
}

/** A part of a question: sound. `data` is base64. */
export interface AudioPart {
  type: 'input_audio';
  input_audio: { data: string; format: 'wav' | 'mp3' };
}

/** A part of a question: a file, by the id of its upload or as a `data:` URI in `file_data`. */
export interface FilePart {
  type: 'file';
  file: { file_id?: string; file_data?: string; filename?: string };
}

/** What a question may consist of, discriminated by `type`. */
export type UserPart = TextPart | ImagePart | AudioPart | FilePart;

/** A call of a tool that the model asks for. */
export interface ToolCall {
  id: string;
  type: 'function';
  /** `arguments` is JSON text as the model wrote it; it may not parse. */
  function: { name: string; arguments: string };
}

/** What the model is to be and to know. */
export interface SystemMessage {
  role: 'system' | 'developer';
  content: string | TextPart[];
  name?: string;
}

/** A question. */
export interface UserMessage {
  role: 'user';
  content: string | UserPart[];
  name?: string;
}

/** An answer of before, with the calls of tools that it asked for. */
export interface AssistantMessage {
  role: 'assistant';
  content?: string | (TextPart | RefusalPart)[] | null;
  name?: string;
  refusal?: string | null;
  reasoning_content?: string | null;
  tool_calls?: ToolCall[];
}

/** What a tool gave: the answer to the call with that id. */
export interface ToolMessage {
  role: 'tool';
  content: string | TextPart[];
  tool_call_id: string;
}

/** One message of a request, discriminated by `role`. */
export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** A tool that the model may ask to be called. */
export interface ToolDefinition {
  type: 'function';
  /** `parameters` is a JSON Schema. */
  function: { name: string; description?: string; parameters?: Record<string, unknown>; strict?: boolean | null };
}

/** Whether the model may, must or must not call a tool, or which one it must call. */
export type ToolChoice = 'none' | 'auto' | 'required' | { type: 'function'; function: { name: string } };

/** What form the answer has: text, any JSON object, or JSON by a schema. */
export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema';
      json_schema: { name: string; description?: string; schema?: Record<string, unknown>; strict?: boolean | null };
    };

/**
 * The body of `POST /v1/chat/completions`, as OpenAI's API reference has it. Members that are not listed here are
 * kept and sent as they are.
 */
export interface ChatRequest {
  /** A model id of `GET /v1/models`. Left out: the server's default. */
  model?: string;
  messages: ChatMessage[];
  stream?: boolean | null;
  stream_options?: { include_usage?: boolean | null } | null;
  temperature?: number | null;
  top_p?: number | null;
  n?: number | null;
  stop?: string | string[] | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  presence_penalty?: number | null;
  frequency_penalty?: number | null;
  logit_bias?: Record<string, number> | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  seed?: number | null;
  user?: string;
  tools?: ToolDefinition[];
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean;
  response_format?: ResponseFormat;
  reasoning_effort?: string | null;
  [member: string]: unknown;
}
