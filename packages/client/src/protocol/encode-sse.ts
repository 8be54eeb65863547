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
  const head = (id === undefined ? '' : `id: ${id}\n`) + (event === undefined ? '' : `event: ${event}\n`);
  return `${head}data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`;
}

/** The event that ends a whole answer. */
export const sseDone: string = 'data: [DONE]\n\n';
