import type { MarkdownLabels } from '../markdown/markdown-labels.js';

/** Every word that the chat shows or says by itself. `{heading}` is filled in. */
export interface NovaStrings extends MarkdownLabels {
  /** Names the button that opens the chat. */
  launcher: string;
  close: string;
  /** Title of the panel, unless `heading` says otherwise. */
  heading: string;
  /** First words of the assistant, unless `greeting` says otherwise. */
  greeting: string;
  starters: string;
  conversation: string;
  userSaid: string;
  assistantSaid: string;
  /** Label of the input, and its placeholder unless `placeholder` says otherwise. */
  input: string;
  send: string;
  stop: string;
  jumpToLatest: string;
  /** Names the button above a long conversation. */
  showEarlier: string;
  switched: string;
  retry: string;
  answering: string;
  notSent: string;
  stopped: string;
  /** The answer broke off on its way. */
  interrupted: string;
  /** The model reached its longest answer. */
  lengthLimit: string;
  /** A filter of the provider ended the answer. */
  filtered: string;
  noAnswer: string;
  rateLimited: string;
  unavailable: string;
  offline: string;
  noConnection: string;
  tooLong: string;
  misconfigured: string;
}
