import { type ChatChunk, hasContent } from '@nova-chat/client/protocol';
import {
  type ContentTimes,
  createContentTimer,
  guardBody,
  NovaError,
  readMessages,
  type StreamMessage,
  type StreamSource,
} from '@nova-chat/client/stream';
import type { ProviderChunk } from '../provider.js';
import { parseStreamJson } from './parse-stream-json.js';

/** Turns one provider's stream into chunks, event by event. */
export interface AnswerReader {
  /** Converts one event. Throws a `NovaError` for an event that ends the answer badly. */
  take(event: Record<string, unknown>): ChatChunk[];
  /** Every choice has had its finish reason. */
  isComplete(): boolean;
  /** What has come is an answer when its body ends well. Default: when it is complete. */
  isEnough?(): boolean;
  /** Gives what comes last of a complete answer. */
  end(): ChatChunk[];
}

/** Limits of silence, and of what is left of the whole call, in ms. */
export interface AnswerTimes extends ContentTimes {
  totalMs: number;
}

/**
 * Reads the body of a streamed answer: events or JSON lines, told apart by content type and first bytes. Ends without
 * an error only when the answer is complete; what becomes of its connection after that changes nothing. Otherwise
 * throws a `NovaError` after what had arrived: `stream_truncated`, what the reader throws, or a fault of the body as
 * `readMessages`, `guardBody` and `createContentTimer` name it.
 */
export async function* readAnswer(
  source: StreamSource,
  reader: AnswerReader,
  times: AnswerTimes,
): AsyncGenerator<ProviderChunk[]> {
  const guard = guardBody(source.body, source.cancel?.bind(source));
  const silence = createContentTimer(times, guard.fail);
  const total = setTimeout(() => guard.fail(createTotalTimeout()), times.totalMs);
  let eventFailure: { error: unknown } | undefined;
  try {
    for await (const messages of readMessages({ ...source, body: guard.body })) {
      const batch: ProviderChunk[] = [];
      try {
        for (const message of messages) for (const chunk of takeMessage(message, reader)) batch.push({ chunk });
      } catch (error) {
        eventFailure = { error };
      }
      if (batch.some(({ chunk }) => hasContent(chunk))) silence.touch();
      if (reader.isComplete()) silence.settle();
      silence.hold();
      if (batch.length > 0) yield batch;
      // What came before it is given on first.
      if (eventFailure) throw eventFailure.error;
      silence.resume();
    }
  } catch (error) {
    if (eventFailure || !reader.isComplete()) throw error;
  } finally {
    silence.stop();
    clearTimeout(total);
  }
  if (!(reader.isEnough?.() ?? reader.isComplete())) {
    throw new NovaError({ code: 'stream_truncated', message: 'The stream ended before the answer had its end.' });
  }
  const last = reader.end();
  if (last.length > 0) yield last.map((chunk) => ({ chunk }));
}

function takeMessage({ data }: StreamMessage, reader: AnswerReader): ChatChunk[] {
  // No event of these providers, but servers that imitate them end their streams as OpenAI does.
  return data.trim() === '[DONE]' ? [] : reader.take(parseStreamJson(data));
}

/** Creates the error of an answer that took too long as a whole. */
export function createTotalTimeout(): NovaError {
  return new NovaError({
    code: 'total_timeout',
    message: 'The answer was not whole when the time for all of it was over.',
  });
}
