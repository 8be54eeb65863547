/** Anthropic's Messages API (https://platform.claude.com/docs/en/api/messages), as far as it is used here. */

/** Ends what may be kept of a prompt (https://platform.claude.com/docs/en/build-with-claude/prompt-caching). */
export interface CacheMark {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export interface TextBlock {
  type: 'text';
  text: string;
  cache_control?: CacheMark;
}

export interface ImageBlock {
  type: 'image';
  source: { type: 'base64'; media_type: string; data: string } | { type: 'url'; url: string };
  cache_control?: CacheMark;
}

/** A text is in the clear, a PDF in base64. `title` is 1 to 500 characters. */
export interface DocumentBlock {
  type: 'document';
  source:
    | { type: 'base64'; media_type: string; data: string }
    | { type: 'text'; media_type: 'text/plain'; data: string };
  title?: string;
  cache_control?: CacheMark;
}

export interface ToolUseBlock {
  type: 'tool_use';
  id: string;
  name: string;
  input: Record<string, unknown>;
  cache_control?: CacheMark;
}

export interface ToolResultBlock {
  type: 'tool_result';
  tool_use_id: string;
  content?: string;
  cache_control?: CacheMark;
}

/** What a model thought. It can be given back only whole and unchanged, with its signature. */
export type ThinkingBlock =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string };

export type RequestBlock = TextBlock | ImageBlock | DocumentBlock | ToolUseBlock | ToolResultBlock | ThinkingBlock;

export interface AnthropicMessage {
  role: 'user' | 'assistant';
  content: RequestBlock[];
}

export interface AnthropicTool {
  name: string;
  description?: string;
  input_schema: Record<string, unknown>;
  cache_control?: CacheMark;
}

export type AnthropicToolChoice =
  | { type: 'none' }
  | { type: 'auto' | 'any'; disable_parallel_tool_use?: boolean }
  | { type: 'tool'; name: string; disable_parallel_tool_use?: boolean };

export interface AnthropicRequest {
  model: string;
  max_tokens: number;
  messages: AnthropicMessage[];
  stream: boolean;
  system?: string | TextBlock[];
  temperature?: number;
  top_p?: number;
  stop_sequences?: string[];
  tools?: AnthropicTool[];
  tool_choice?: AnthropicToolChoice;
  thinking?:
    | { type: 'adaptive'; display: 'summarized' }
    | { type: 'enabled'; budget_tokens: number }
    | { type: 'disabled' }
    | { type: 'between_tools' };
  output_config?: { effort?: string; format?: { type: 'json_schema'; schema: Record<string, unknown> } };
  metadata?: { user_id: string };
  /** Set at the last block that can be kept. */
  cache_control?: CacheMark;
}
