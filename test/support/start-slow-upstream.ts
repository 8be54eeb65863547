import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** An OpenAI-compatible server whose answers take their time. */
export interface SlowUpstream {
  /** As `OPENAI_BASE_URL` takes it. */
  url: string;
  /** The last question of each request so far. */
  questions: string[];
  /** Lets answers come up to this word, and no further. */
  pauseAt(word: number): void;
  /** Ends a pause. */
  goOn(): void;
  stop(): Promise<void>;
}

/** Starts one that says `words` to every question, one each `everyMs`. */
export async function startSlowUpstream(words: readonly string[], everyMs: number): Promise<SlowUpstream> {
  const questions: string[] = [];
  let pause: (PromiseWithResolvers<void> & { word: number }) | undefined;
  const goOn = (): void => {
    pause?.resolve();
    pause = undefined;
  };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await new Response(request as unknown as ReadableStream).text()) as {
      messages: { content: string }[];
    };
    questions.push(body.messages.at(-1)?.content ?? '');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (delta: object, finishReason: string | null = null): boolean =>
      response.write(
        `data: ${JSON.stringify({
          id: 'c1',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'slow',
          choices: [{ index: 0, delta, finish_reason: finishReason }],
        })}\n\n`,
      );
    write({ role: 'assistant', content: '' });
    for (const [index, word] of words.entries()) {
      await delay(everyMs);
      while (pause && index >= pause.word) await pause.promise;
      if (response.destroyed) return;
      write({ content: word });
    }
    write({}, 'stop');
    response.end('data: [DONE]\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    questions,
    pauseAt(word) {
      goOn();
      pause = { ...Promise.withResolvers(), word };
    },
    goOn,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
