import type { ConversationMessage, ToolStep } from '@nova-chat/client/conversation';
import type { TemplateResult } from 'lit';

/** What is shown in the place of a part: a node, a Lit template, or plain text. With nothing the part stays as it is. */
export type NovaRendered = Node | TemplateResult | string | null | undefined;

/** A code block, once it is closed. */
export interface NovaCodePart {
  /** As the answer names it; may be blank. */
  language: string;
  text: string;
}

/** A table, once what follows it or the answer's end closes it; cells are plain text. */
export interface NovaTablePart {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a renderer gets beside its part. */
export interface NovaRenderContext {
  /** The answer that the part belongs to. */
  readonly message: ConversationMessage;
}

/** Renderers by name. Their part is the model's own: put it into the page as text, never as markup. */
export interface NovaRenderers {
  /** Any code block that none of the next ones takes. */
  code?: (part: NovaCodePart, context: NovaRenderContext) => NovaRendered;
  /** A code block in one language. */
  [code: `code:${string}`]: (part: NovaCodePart, context: NovaRenderContext) => NovaRendered;
  table?: (part: NovaTablePart, context: NovaRenderContext) => NovaRendered;
  /** What a tool of that name has given, in `result`. */
  [tool: `tool:${string}`]: (step: ToolStep, context: NovaRenderContext) => NovaRendered;
}

/** Decides about one link: an `http(s)`, `mailto` or `tel` address. */
export type NovaLinkPolicy = string | ((url: string, context: NovaRenderContext) => 'allow' | 'text');

/** Decides about one image: an `http(s)` address. */
export type NovaImagePolicy = string | ((url: string, context: NovaRenderContext) => 'show' | 'click' | 'link');
