import { refusesStream } from '../../errors/refuses-stream.js';
import { writeBody } from '../../errors/write-body.js';
import { isRecord } from '../../protocol/is-record.js';
import type { TransportResponse } from '../../transport/transport.js';
import type { RequestAttempt, SendAttempt } from './send-request.js';

/** Asks for a stream with one attempt. */
export type SendStreamRequest = (
  attempt: Omit<RequestAttempt, 'method' | 'body' | 'accept'>,
) => Promise<TransportResponse>;

/** Creates the function that posts a body for a stream. A server that refuses to stream is asked for one piece. */
export function createStreamRequest(send: SendAttempt, body: unknown): SendStreamRequest {
  let streams = true;
  const ask: SendStreamRequest = (attempt) =>
    send({
      ...attempt,
      method: 'POST',
      body: writeBody(streams ? body : { ...Object(body), stream: false, stream_options: undefined }),
      accept: streams ? 'text/event-stream, application/x-ndjson, application/json' : 'application/json',
      // Without a stream the headers come with the whole answer.
      headersTimeoutMs: streams ? attempt.headersTimeoutMs : Number.POSITIVE_INFINITY,
    });
  return async (attempt) => {
    try {
      return await ask(attempt);
    } catch (error) {
      if (!streams || !isRecord(body) || !refusesStream(error)) throw error;
      streams = false;
      return ask(attempt);
    }
  };
}
