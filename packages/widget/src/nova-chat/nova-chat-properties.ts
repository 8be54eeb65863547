import type { ClientOptions } from '@nova-chat/client';
import type { ChatTransport, ConversationMessage } from '@nova-chat/client/conversation';
import { LitElement, type PropertyDeclarations } from 'lit';
import type { NovaImagePolicy, NovaLinkPolicy, NovaRenderers } from '../features/shared/nova-renderers.js';
import type { NovaTool } from '../features/shared/nova-tool.js';
import type { NovaWords } from '../i18n/feature-strings.js';

/**
 * Where the chat is shown: in a corner of the page behind a launcher, in its place in the text, along a side of the
 * page, or over all of it. All but `inline` have the launcher and can be closed.
 */
export type NovaMode = 'bubble' | 'inline' | 'panel' | 'fullscreen';

/** The corner of launcher and bubble; a side panel stands at its `start` or `end`, in the direction of the page. */
export type NovaPosition = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';

/**
 * `follow` keeps the end of the answer in view; `anchor` brings the question to the top and then stays, so that the
 * answer is read from its beginning; `none` moves only when a question is sent.
 */
export type NovaScrollBehavior = 'follow' | 'anchor' | 'none';

/** What Enter does on an on-screen keyboard. */
export type NovaEnterKey = 'send' | 'newline';

/** Where bubble and panel lie: over all of the page, or at `--nova-z-index`. */
export type NovaLayer = 'top' | 'page';

/** `auto` follows the visitor's system, `page` the CSS `color-scheme` of the page. */
export type NovaTheme = 'auto' | 'page' | 'light' | 'dark';

/** A model to choose. */
export interface NovaModel {
  id: string;
  label: string;
}

/** Where conversations are kept: nowhere, in the tab or in the browser. */
export type NovaPersist = 'none' | 'session' | 'local';

/** The visitor. */
export interface NovaUser {
  /** Sent as `user` of the request: choose an id that reveals nothing to providers. */
  id?: string;
  /** Told to the assistant. */
  name?: string;
  /** Sent as `Authorization: Bearer …` with each request, instead of one in `headers`. */
  token?: string;
}

/** The properties of `<nova-chat>`. Each can be set at any time, by itself. */
export class NovaChatProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    endpoint: {},
    model: {},
    models: { type: Array },
    consent: {},
    mode: { reflect: true, useDefault: true },
    position: { reflect: true, useDefault: true },
    open: { type: Boolean },
    theme: { reflect: true, useDefault: true },
    heading: {},
    greeting: {},
    starters: { type: Array },
    placeholder: {},
    enterKey: { attribute: 'enter-key' },
    layer: {},
    locale: {},
    strings: { type: Object },
    user: { type: Object },
    context: { type: Object },
    attachments: { type: Boolean },
    maxAttachments: { type: Number, attribute: 'max-attachments' },
    maxAttachmentBytes: { type: Number, attribute: 'max-attachment-bytes' },
    voice: { type: Boolean },
    tools: { attribute: false },
    renderers: { attribute: false },
    linkPolicy: { attribute: 'link-policy' },
    imagePolicy: { attribute: 'image-policy' },
    math: { type: Boolean },
    headers: { attribute: false },
    client: { attribute: false },
    actions: {},
    suggestions: { attribute: false },
    scrollBehavior: { attribute: 'scroll-behavior' },
    persist: {},
    disabled: { type: Boolean, reflect: true },
  };

  /** Base URL of the API, or the full address of its `/v1/chat/completions`. Default: the page's own host. */
  endpoint = '';
  /** A model of the API. Default: the server's. */
  model = '';
  /** Models that the visitor may choose from: ids, or ids with a label; as an attribute a JSON array. */
  models: readonly (string | NovaModel)[] | null = null;
  /**
   * Asks the visitor to agree before the first question is sent and before anything is stored, with this text; blank
   * for the built-in text. What the page puts into the slot `consent`, such as a link, comes below. The agreement is
   * remembered as `persist` says, until the text changes. Default: does not ask.
   */
  consent: string | null = null;
  /** Where the chat is shown. Default: `bubble`. */
  mode: NovaMode = 'bubble';
  /** The corner of the bubble, or the side of the panel. Default: `bottom-end`. */
  position: NovaPosition = 'bottom-end';
  /** Whether the panel is open. An inline one always is. */
  open = false;
  /** Light or dark. Default: `auto`. */
  theme: NovaTheme = 'auto';
  /** Title of the panel. */
  heading = '';
  /** First words of the assistant. Plain text. */
  greeting = '';
  /** Questions to begin with; as an attribute a JSON array of strings. */
  starters: readonly string[] | null = [];
  /** Hint in the input. Default: in the language of the chat. */
  placeholder = '';
  /**
   * What Enter does on an on-screen keyboard: `newline` leaves sending to the button. With a hardware keyboard, Enter
   * sends and Shift+Enter begins a line. Default: `send`.
   */
  enterKey: NovaEnterKey | undefined;
  /**
   * Where bubble and panel lie: `top` is over everything of the page, whatever its `z-index`, and over a dialog that it
   * had opened before. Default: at `--nova-z-index`.
   */
  layer: NovaLayer | undefined;
  /** BCP 47 tag of the language of the chat. Default: the language of the page around it, then the visitor's. */
  locale = '';
  /** Replaces single strings; as an attribute a JSON object. */
  strings: Partial<NovaWords> = {};
  /** The visitor, as far as the page wants to identify them. */
  user: NovaUser | undefined;
  /** What the assistant should know about the page, sent with each question; as an attribute a JSON object. */
  context: Readonly<Record<string, unknown>> | undefined;
  /** Whether images and text files can be attached to a question; the model has to support them. */
  attachments = false;
  /** Largest number of files with a question. */
  maxAttachments = 5;
  /**
   * Total size of the files of a question. Larger images are scaled down. Default: what fits the server's default
   * limit.
   */
  maxAttachmentBytes = 700_000;
  /** Whether questions can be spoken, where the browser supports it. Some browsers send the audio to their vendor. */
  voice = false;
  /** What the page can do for the assistant. */
  tools: readonly NovaTool[] = [];
  /**
   * Renders parts of answers and results of tools, by name: `code`, `code:<language>`, `table`,
   * `link`, `image`, `citations`, `reasoning`, and `tool:<name>`. A renderer that throws or gives nothing leaves the
   * part as it is.
   */
  renderers: NovaRenderers | undefined;
  /**
   * Which links and sources of an answer are clickable; the others are text. A function that is called for each, or
   * origins and hosts separated by blanks, such as `https://shop.example *.example.org`. Default: all.
   */
  linkPolicy: NovaLinkPolicy | undefined;
  /**
   * How images of an answer are shown: `link` to it, `click` to load it, or a list of origins and hosts whose images
   * are loaded; also `click` and a list. A function is called for each. Default: `link`, which loads nothing.
   */
  imagePolicy: NovaImagePolicy | undefined;
  /**
   * Whether formulas of answers (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`) are rendered. The code for it is loaded with the
   * first one. In an app with a bundler it needs `import '@nova-chat/widget/math'`. Default: off.
   */
  math: boolean | undefined;
  /** Sent with each request: values, or a function that is called each time. `null` sends none. */
  headers: ClientOptions['headers'] | null;
  /**
   * Gets the answers instead of the built-in client, such as `{ send: nova.chat.stream }`; the visitor's
   * `Authorization` is passed in the headers.
   */
  client: ChatTransport | null | undefined;
  /**
   * What a visitor can do with messages: any of `copy`, `regenerate`, `feedback` and `edit`. Default: all; '' for none.
   */
  actions: string | null | undefined;
  /**
   * Returns follow-up questions, for an answer for which the server suggests none. The first three are shown, as plain
   * text.
   */
  suggestions: ((answer: ConversationMessage) => readonly string[] | Promise<readonly string[]>) | undefined;
  /** How the log moves while an answer streams. */
  scrollBehavior: NovaScrollBehavior = 'follow';
  /**
   * How long the visitor's conversations are kept: not at all, until the tab is closed, or in the browser, where every
   * tab shows the same. When it changes, stored conversations move along, and with `none` they are deleted. Default:
   * `session`. When it is set explicitly, a draft is kept before the first question too, and the first answer continues
   * after a reload also when the page asked, or when neither page nor script tag has come from the server, which then
   * has to allow the header `Nova-Resume`.
   */
  persist: NovaPersist | '' = '';
  /** Disables asking and retrying. */
  disabled = false;
}
