/** One event to put on the wire. */
export interface SseFrame {
  data: string;
  /** Without line breaks. */
  id?: string | undefined;
  /** Without line breaks. */
  event?: string | undefined;
}

/** Writes one event of an event stream. Data of several lines becomes several `data:` lines, as WHATWG asks. */
export function encodeSse({ data, id, event }: SseFrame): string {
  const head = `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}`;
  // JSON never holds a raw line break, so the usual event takes the short way.
  const lines = /[\r\n]/.test(data) ? data.split(/\r\n|\r|\n/).join('\ndata: ') : data;
  return `${head}data: ${lines}\n\n`;
}

/** Writes a comment: it keeps proxies from closing the connection and is no event. */
export function encodeSseComment(text: string): string {
  return `: ${text.replace(/[\r\n]+/g, ' ')}\n\n`;
}

/** The event that ends a whole answer. */
export const sseDone: string = 'data: [DONE]\n\n';
