import type { ServerResponse } from 'node:http';

/** A question that a scenario answers. */
export interface Question {
  /** The body of the request, without white space. */
  body: string;
  /** How often this scenario has been asked, from 1. */
  count: number;
}

/** What a scenario does with the response. */
export type Play = (response: ServerResponse, question: Question) => Promise<void> | void;
