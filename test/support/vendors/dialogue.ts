/** What a vendor's server has understood of a request. */
export interface Heard {
  isStream: boolean;
  system: string;
  /** The last words of the user. */
  question: string;
  images: HeardImage[];
  /** Names of the tools that may be called. */
  tools: string[];
  /** What the tools have said to the last question. */
  results: string[];
  /** The answer has to be JSON. */
  isJson: boolean;
}

export interface HeardImage {
  /** Undefined where the vendor's format has none. */
  type: string | undefined;
  bytes: number;
}

export interface Call {
  name: string;
  input: Record<string, unknown>;
}

/** What it says to it. `hang`: nothing more than these words, and no end. */
export type Said = { kind: 'words' | 'hang'; words: string[] } | { kind: 'calls'; words: string[]; calls: Call[] };

/** What every answer costs; `cached` is a part of `input`. */
export const cost = { input: 21, cached: 6, output: 9 };

export const jsonAnswer = { city: 'Köln', degrees: 21 };

/** One vendor's wire format, both ways. */
export interface Vendor {
  /** Header that carries the key. */
  keyHeader: string;
  hear(body: Record<string, unknown>, url: string): Heard;
  streamType: string;
  /** The events of a streamed answer; without the last ones when it hangs. */
  toEvents(said: Said): string[];
  toBody(said: Said): object;
  toErrorBody(status: number, message: string): object;
}

/** Answers with what it has heard, so that whoever reads the answer knows what has arrived. */
export function answer(heard: Heard): Said {
  const { system, question, images, tools, results, isJson } = heard;
  const words = (text: string): Said => ({ kind: 'words', words: text.split(/(?<= )/) });
  if (question.includes('hang at once')) return { kind: 'hang', words: [] };
  if (question.includes('hang')) return { kind: 'hang', words: ['Well, '] };
  if (results.length > 0) return words(`The tools say: ${results.join(' and ')} 👋`);
  if (tools.length > 0) {
    const calls = ['Köln', 'Zürich'].map((city) => ({ name: tools[0] ?? '', input: { city } }));
    return { kind: 'calls', words: [], calls };
  }
  if (isJson) return words(JSON.stringify(jsonAnswer));
  const seen = images.map(({ type, bytes }) => `${type ?? 'an image'} of ${bytes} bytes`).join(' and ');
  if (seen !== '') return words(`I see ${seen}.`);
  return words(`To "${question}" I say, ${system}: grüezi 👋`);
}

/** Cuts a text into pieces, for formats that send JSON in parts. */
export function cut(text: string, pieces = 3): string[] {
  const size = Math.ceil(text.length / pieces);
  return Array.from({ length: pieces }, (_, at) => text.slice(at * size, (at + 1) * size)).filter(
    (part) => part !== '',
  );
}

/** Reads a `data:` URL of an image. */
export function toImage(url: string): HeardImage {
  const [, type = '', base64 = ''] = /^data:([\w/+-]+);base64,(.*)$/.exec(url) ?? [];
  return { type, bytes: Buffer.from(base64, 'base64').length };
}
