import type { ClientOptions } from '@nova-chat/client';
import type { ChatTransport, ConversationMessage } from '@nova-chat/client/conversation';
import { LitElement, type PropertyDeclarations } from 'lit';
import type { NovaImagePolicy, NovaLinkPolicy, NovaRenderers } from '../features/shared/nova-renderers.js';
import type { NovaTool } from '../features/shared/nova-tool.js';
import type { NovaWords } from '../i18n/feature-strings.js';

/**
 * Where the chat stands: in a corner of the page behind a launcher, in its place in the text, along a side of the page,
 * or over all of it. All but `inline` have the launcher and can be closed.
 */
export type NovaMode = 'bubble' | 'inline' | 'panel' | 'fullscreen';

/** The corner of launcher and bubble; a side panel stands at its `start` or `end`, in the direction of the page. */
export type NovaPosition = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';

/**
 * `follow` keeps the end of the answer in view; `anchor` brings the question to the top and then stays, so that the answer
 * is read from its beginning; `none` moves only when a question is sent.
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

/** Who asks. */
export interface NovaUser {
  /** Sent as `user` of the request: choose one that tells providers nothing. */
  id?: string;
  /** Told to the assistant. */
  name?: string;
  /** Sent as `Authorization: Bearer …` with each request, over one of `headers`. */
  token?: string;
}

/** Everything that a page can set of `<nova-chat>`. Each property works at any time, and alone. */
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
   * Asks the visitor to agree before the first question is sent and before anything is stored, in these words; blank
   * for words of its own. What the page puts into the slot `consent`, such as a link, comes below. It is
   * remembered as `persist` says, until other words are asked for. Default: does not ask.
   */
  consent: string | null = null;
  /** Where the chat stands. Default: `bubble`. */
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
  /** Hint in the input. Default: a word of the chat's language. */
  placeholder = '';
  /**
   * What Enter does on an on-screen keyboard: `newline` leaves sending to the button. With a keyboard of its own a device
   * sends with Enter and begins a line with Shift+Enter. Default: `send`.
   */
  enterKey: NovaEnterKey | undefined;
  /**
   * Where bubble and panel lie: `top` is over everything of the page, whatever its `z-index`, and over a dialog that it had
   * opened before. Default: at `--nova-z-index`.
   */
  layer: NovaLayer | undefined;
  /** BCP 47 tag of the language of the chat. Default: the language of the page around it, then the visitor's. */
  locale = '';
  /** Takes the place of single strings; as an attribute a JSON object. */
  strings: Partial<NovaWords> = {};
  /** Who asks, as far as the page wants to say it. */
  user: NovaUser | undefined;
  /** What the assistant should know of the page, told with each question; as an attribute a JSON object. */
  context: Readonly<Record<string, unknown>> | undefined;
  /** Whether images and text files can go along with a question; the model has to understand them. */
  attachments = false;
  /** How many files go along with a question at most. */
  maxAttachments = 5;
  /** Of all files of a question together. Larger images are scaled down. Default: what the server's own limit has room for. */
  maxAttachmentBytes = 700_000;
  /** Whether questions can be spoken, where the browser can listen. Some send the sound to their maker. */
  voice = false;
  /** What the page can do for the assistant. */
  tools: readonly NovaTool[] = [];
  /**
   * Shows parts of answers and results of tools in the page's own way, by name: `code`, `code:<language>`, `table`,
   * `link`, `image`, `citations`, `reasoning`, and `tool:<name>`. A renderer that throws or gives nothing leaves the
   * part as it is.
   */
  renderers: NovaRenderers | undefined;
  /**
   * Which links and sources of an answer can be followed; the others are text. A function that is asked for each, or origins and
   * hosts with blanks between them, such as `https://shop.example *.example.org`. Default: all.
   */
  linkPolicy: NovaLinkPolicy | undefined;
  /**
   * How images of an answer are shown: `link` to it, `click` to load it, or a list of origins and hosts whose images
   * are loaded; also `click` and a list. A function is asked for each. Default: `link`, which loads nothing.
   */
  imagePolicy: NovaImagePolicy | undefined;
  /**
   * Whether formulas of answers (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`) are shown as such. What reads them is loaded with the
   * first one. In an app with a bundler it needs `import '@nova-chat/widget/math'`. Default: off.
   */
  math: boolean | undefined;
  /** Sent with each request: values, or a function that is asked each time. `null` is none. */
  headers: ClientOptions['headers'] | null;
  /**
   * Gets the answers instead of the built-in client, such as `{ send: nova.chat.stream }`; who asks comes along in the
   * headers.
   */
  client: ChatTransport | null | undefined;
  /** What a visitor can do with messages: any of `copy`, `regenerate`, `feedback` and `edit`. Default: all; '' is none. */
  actions: string | null | undefined;
  /**
   * Gives questions to ask next, after an answer of a server that suggests none. The first three are shown; they are
   * plain text.
   */
  suggestions: ((answer: ConversationMessage) => readonly string[] | Promise<readonly string[]>) | undefined;
  /** How the log moves while an answer streams. */
  scrollBehavior: NovaScrollBehavior = 'follow';
  /**
   * How long the visitor's conversations are kept: not at all, as long as the tab is there, or in the browser, where
   * every tab shows the same. Nothing is stored before the first question. When it changes, what is kept moves along, and
   * with `none` it is deleted. Default: `session`; said in so many words, the first answer goes on after a reload also
   * when the page asked, or when neither page nor script tag has come from the server, which then has to allow the header
   * `Nova-Resume`.
   */
  persist: NovaPersist | '' = '';
  /** Takes no questions, and asks none again. */
  disabled = false;
}
