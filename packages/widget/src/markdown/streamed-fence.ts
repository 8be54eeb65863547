import type { MarkedToken, Tokens } from 'marked';
import { isClosingFence, mayCloseFence, openFenceOf } from './open-fence.js';

/** Reads the rest of an open code fence line by line; the lexer would read all of it again for every character. */
export class StreamedFence {
  readonly #token: Tokens.Code;
  readonly #opener: string;
  readonly #start: number;
  readonly #contentStart: number;
  #lineStart: number;

  private constructor(token: Tokens.Code, opener: string, start: number) {
    this.#token = token;
    this.#opener = opener;
    this.#start = start;
    this.#contentStart = start + token.raw.indexOf('\n') + 1;
    this.#lineStart = this.#contentStart;
  }

  /** Starts when the last of `tokens` is an open fence at the left edge of `source`. */
  static from(tokens: readonly MarkedToken[], source: string): StreamedFence | undefined {
    const token = tokens.at(-1);
    const opener = openFenceOf(token);
    if (token?.type !== 'code' || !opener || !token.raw.startsWith(opener) || !token.raw.includes('\n')) return;
    const start = tokens.reduce((length, { raw }) => length + raw.length, -token.raw.length);
    return source.startsWith(token.raw, start) ? new StreamedFence(token, opener, start) : undefined;
  }

  /** Reads the source, grown at its end, up to there. Returns nothing once the fence has been closed. */
  read(source: string): Tokens.Code | undefined {
    for (let end = source.indexOf('\n', this.#lineStart); end >= 0; end = source.indexOf('\n', this.#lineStart)) {
      if (isClosingFence(source.slice(this.#lineStart, end), this.#opener)) return;
      this.#lineStart = end + 1;
    }
    const isHeld = mayCloseFence(source.slice(this.#lineStart), this.#opener);
    const end = isHeld ? this.#lineStart : source.length;
    return {
      ...this.#token,
      raw: source.slice(this.#start, end),
      text: toFenceText(source.slice(this.#contentStart, end)),
    };
  }
}

/** The line break before the closing fence is not content, unless the line before it is empty: as marked has it. */
function toFenceText(content: string): string {
  const text = content.endsWith('\n') ? content.slice(0, -1) : content;
  return text === '' || text.endsWith('\n') ? content : text;
}
