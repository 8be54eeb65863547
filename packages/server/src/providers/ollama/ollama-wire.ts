/** Ollama's `POST /api/chat` (https://docs.ollama.com/api/chat), as far as it is used here. */

export interface OllamaToolCall {
  id: string;
  function: { name: string; arguments: Record<string, unknown> };
}

export interface OllamaMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** In base64, without the head of a data URI. */
  images?: string[];
  thinking?: string;
  tool_calls?: OllamaToolCall[];
  tool_name?: string;
  tool_call_id?: string;
}

export interface OllamaTool {
  type: 'function';
  function: { name: string; description?: string; parameters: Record<string, unknown> };
}

export interface OllamaOptions {
  num_predict?: number;
  temperature?: number;
  top_p?: number;
  seed?: number;
  stop?: string[];
  presence_penalty?: number;
  frequency_penalty?: number;
}

export interface OllamaRequest {
  model: string;
  messages: OllamaMessage[];
  stream: boolean;
  /** True by default: then the beginning of a conversation that is too long is forgotten without a word. */
  truncate: false;
  tools?: OllamaTool[];
  /** `json` for any object, or a JSON Schema. */
  format?: 'json' | Record<string, unknown>;
  think?: boolean | 'low' | 'medium' | 'high';
  options?: OllamaOptions;
}
