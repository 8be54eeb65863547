/** What every chat of the benchmark can do; a page has one. */
export interface BenchedChat {
  /** Ends when the input, and the last of the stored messages, is there. */
  open(messages: readonly string[]): Promise<void>;
  /** Sends a question. */
  ask(question: string): void;
  /** Whether the whole answer is shown; asked once a frame at most. */
  isShown(): boolean;
}

/** Ends each answer. */
export const lastWords = 'These are the last words.';

/** Words of an answer as the server sends them. */
export async function readAnswer(question: string, onText: (text: string) => void): Promise<void> {
  const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: question }] });
  const response = await fetch('/v1/chat/completions', { method: 'POST', body });
  const reader = (response.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    let text = '';
    for (const event of events) {
      const data = event.slice('data: '.length);
      if (data !== '[DONE]') text += JSON.parse(data).choices[0].delta.content ?? '';
    }
    if (text) onText(text);
  }
}

export const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
