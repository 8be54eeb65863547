import { readFileSync } from 'node:fs';

/** What the tests that all these providers share need of one of them. */
export interface VendorCase {
  vendor: 'anthropic' | 'gemini' | 'ollama';
  model: string;
  contentType: string;
  /** Streams with an end. */
  whole: string[];
  /** The words in a stream by which it is complete. */
  finish: string;
  /** A whole answer that was not streamed. */
  response: string;
  /** A stream that breaks with an error of the provider. */
  broken: string;
  /** An event with content, as it stands in a stream. */
  opening: string;
  /** The header that carries the key. */
  keyHeader: string;
}

export const vendorCases: VendorCase[] = [
  {
    vendor: 'anthropic',
    model: 'claude-haiku-4-5',
    contentType: 'text/event-stream; charset=utf-8',
    whole: ['text.sse', 'tools.sse', 'thinking.sse', 'refusal.sse'],
    finish: '"stop_reason":"end_turn"',
    response: 'message.json',
    broken: 'overloaded.sse',
    opening: 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}\n\n',
    keyHeader: 'x-api-key',
  },
  {
    vendor: 'gemini',
    model: 'gemini-3-flash',
    contentType: 'text/event-stream',
    whole: ['text.sse', 'thoughts.sse', 'calls.sse', 'safety.sse', 'blocked.sse'],
    finish: '"finishReason":"STOP"',
    response: 'response.json',
    broken: 'error.sse',
    opening: 'data: {"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"}}]}\r\n\r\n',
    keyHeader: 'x-goog-api-key',
  },
  {
    vendor: 'ollama',
    model: 'qwen3:8b',
    contentType: 'application/x-ndjson',
    whole: ['text.ndjson', 'thinking.ndjson', 'calls.ndjson', 'length.ndjson'],
    finish: '"done":true',
    response: 'response.json',
    broken: 'error.ndjson',
    opening: '{"model":"qwen3:8b","message":{"role":"assistant","content":"Hi"},"done":false}\n',
    keyHeader: 'authorization',
  },
];

/** Reads a fixture of a vendor. */
export function readFixture(vendor: string, name: string): Uint8Array {
  return readFileSync(new URL(`../../${vendor}/__fixtures__/${name}`, import.meta.url));
}
