import type { ConversationMessage, ToolStep } from '@nova-chat/client/conversation';
import type { UrlCitation } from '@nova-chat/client/protocol';
import type { TemplateResult } from 'lit';

/** What is shown instead of a part: a node, a Lit template, or plain text. With nothing the part stays as it is. */
export type NovaRendered = Node | TemplateResult | string | null | undefined;

/** A code block, once it is closed. */
export interface NovaCodePart {
  /** As the answer names it; may be blank. */
  language: string;
  text: string;
}

/** A table; while it streams its renderer is called again with each row. Cells are plain text. */
export interface NovaTablePart {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A link to another place, once it is closed; where it leads has passed the policy. */
export interface NovaLinkPart {
  /** An `http(s)`, `mailto` or `tel` address. */
  url: string;
  text: string;
}

/** An image, once it is closed. Nothing has been loaded, and no policy was applied. */
export interface NovaImagePart {
  /** An `http(s)` address. */
  url: string;
  description: string;
}

/** What a renderer gets in addition to its part. */
export interface NovaRenderContext {
  /** The answer that the part belongs to. */
  readonly message: ConversationMessage;
}

/** Renderers by name. Their part is the model's own: put it into the page as text, never as markup. */
export interface NovaRenderers {
  /** Any code block without a renderer for its language. */
  code?: (part: NovaCodePart, context: NovaRenderContext) => NovaRendered;
  /** A code block in one language. */
  [code: `code:${string}`]: (part: NovaCodePart, context: NovaRenderContext) => NovaRendered;
  table?: (part: NovaTablePart, context: NovaRenderContext) => NovaRendered;
  /** A link. It is called again for as long as its paragraph is being written. */
  link?: (part: NovaLinkPart, context: NovaRenderContext) => NovaRendered;
  /** An image, also one that the image policy would have left a link. It is called again like a link. */
  image?: (part: NovaImagePart, context: NovaRenderContext) => NovaRendered;
  /** The sources of an answer that has ended, instead of their list. */
  citations?: (part: readonly UrlCitation[], context: NovaRenderContext) => NovaRendered;
  /** The reasoning of an answer that has ended. */
  reasoning?: (part: string, context: NovaRenderContext) => NovaRendered;
  /** The result of a tool of that name, in `result`. */
  [tool: `tool:${string}`]: (step: ToolStep, context: NovaRenderContext) => NovaRendered;
}

/** Decides about one link: an `http(s)`, `mailto` or `tel` address. */
export type NovaLinkPolicy = string | ((url: string, context: NovaRenderContext) => 'allow' | 'text');

/** Decides about one image: an `http(s)` address. */
export type NovaImagePolicy = string | ((url: string, context: NovaRenderContext) => 'show' | 'click' | 'link');
