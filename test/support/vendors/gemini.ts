import { cost, type Said, type Vendor } from './dialogue.js';

interface Part {
  text?: string;
  inlineData?: { mimeType: string; data: string };
  functionResponse?: { name: string; response: Record<string, unknown> };
}
interface Content {
  role?: string;
  parts: Part[];
}

const toText = ({ parts }: Content): string => parts.map(({ text }) => text ?? '').join('');

const usageMetadata = {
  promptTokenCount: cost.input,
  cachedContentTokenCount: cost.cached,
  candidatesTokenCount: cost.output,
  totalTokenCount: cost.input + cost.output,
};

/** Gemini's generateContent, https://ai.google.dev/api/generate-content. */
export const gemini: Vendor = {
  keyHeader: 'x-goog-api-key',
  streamType: 'text/event-stream',
  hear(body, url) {
    const contents = body['contents'] as Content[];
    const asked = contents.findLast(({ role, parts }) => role === 'user' && parts.some(({ text }) => text)) ?? {
      parts: [],
    };
    const config = (body['generationConfig'] ?? {}) as { responseMimeType?: string };
    const tools = (body['tools'] ?? []) as { functionDeclarations: { name: string }[] }[];
    return {
      isStream: url.includes(':streamGenerateContent?alt=sse'),
      system: toText((body['systemInstruction'] ?? { parts: [] }) as Content),
      question: toText(asked),
      images: asked.parts.flatMap(({ inlineData: image }) =>
        image ? [{ type: image.mimeType, bytes: Buffer.from(image.data, 'base64').length }] : [],
      ),
      tools: tools.flatMap((tool) => tool.functionDeclarations.map(({ name }) => name)),
      results: (contents.at(-1)?.parts ?? []).flatMap(({ functionResponse }) =>
        functionResponse ? [String(functionResponse.response['output'])] : [],
      ),
      isJson: config.responseMimeType === 'application/json',
    };
  },
  // CRLF, and no [DONE].
  toEvents(said) {
    const parts = toParts(said);
    const chunks = parts.map((part, index) => {
      const isLast = index === parts.length - 1 && said.kind !== 'hang';
      return toResponse([part], isLast ? 'STOP' : undefined);
    });
    return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`);
  },
  toBody: (said) => toResponse(toParts(said), 'STOP'),
  toErrorBody: (status, message) => ({ error: { code: status, message, status: `VENDOR_${status}` } }),
};

function toParts(said: Said): object[] {
  if (said.kind !== 'calls') return said.words.map((text) => ({ text }));
  return said.calls.map(({ name, input }, index) => ({
    functionCall: { name, args: input },
    // The first call of a turn carries one, and wants it back.
    ...(index === 0 ? { thoughtSignature: 'c2lnbmF0dXJl' } : {}),
  }));
}

function toResponse(parts: object[], finishReason: string | undefined): object {
  const candidate = { content: { parts, role: 'model' }, index: 0, ...(finishReason ? { finishReason } : {}) };
  return { candidates: [candidate], usageMetadata, modelVersion: 'vendor-model', responseId: 'resp-v1' };
}
