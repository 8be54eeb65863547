/** What is asked of a client, in words that all of them share. */
export interface Ask {
  model: string;
  system?: string;
  question: string;
  /** A PNG. */
  image?: Uint8Array;
  /** The answer is to be JSON after this schema. */
  schema?: Record<string, unknown>;
  /** The answer is to be JSON of any form. */
  isJson?: boolean;
  tool?: Tool;
  signal?: AbortSignal;
  /** Each piece of a streamed text, as it comes. */
  onText?: (text: string) => void;
}

/** A tool with one member, `city`. */
export interface Tool {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
  run(city: string): string;
}

/** What the client makes of the answer: of the last one, when a tool was called in between. */
export interface Answer {
  text: string;
  finishReason: string;
  usage: { input: number; output: number; cached: number };
  /** Pieces that the text came in; 1 when it came whole. */
  pieces: number;
}

/** What the client says of an error. */
export interface Failure {
  /** The name of its class. */
  type: string;
  status: number | undefined;
  /** OpenAI's code, where the client gives it on. */
  code: string | undefined;
  param: string | undefined;
  /** The header, where the client gives it on. */
  retryAfter: string | undefined;
}

/** A client that people use, behind what this test wants of it. It runs the tool by itself where it can. */
export interface RealClient {
  name: string;
  whole(ask: Ask): Promise<Answer>;
  stream(ask: Ask): Promise<Answer>;
  toFailure(error: unknown): Failure;
}

export const toDataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
