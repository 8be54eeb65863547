/** One answer as a server keeps it, and those who read it. */
interface KeptAnswer {
  id: string;
  events: string[];
  isOver: boolean;
  readers: Set<() => void>;
}

/** What is asked, as it stands on the wire. */
interface Asked {
  messages: { role: string; content: unknown }[];
  tools?: unknown[];
}

/** A server that keeps its answers for a page that is loaded again, in the place of the platform's `fetch`. */
export class RememberingServer {
  readonly asked: Asked[] = [];
  /** Answers that have been ended by a `DELETE`. */
  readonly ended: string[] = [];
  /** Until it is resolved, no request is answered. */
  gate: Promise<void> | undefined;
  readonly #answers: KeptAnswer[] = [];

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const [, id] = /\/streams\/([^/]+)$/.exec(request.url) ?? [];
    if (!id) this.asked.push((await request.clone().json()) as Asked);
    await this.gate;
    request.signal.throwIfAborted();
    if (!id) return respond(this.#begin(), 0, request.signal);
    const answer = this.#answers.find((one) => one.id === id);
    if (!answer) return Response.json({ error: { message: 'Gone.', code: 'stream_not_found' } }, { status: 404 });
    if (request.method !== 'DELETE') {
      return respond(answer, Number(request.headers.get('last-event-id')?.split(':')[1] ?? 0), request.signal);
    }
    this.ended.push(id);
    answer.isOver = true;
    return new Response(null, { status: 204 });
  };

  /** Says some words of the last answer, each an event of its own. */
  say(...words: string[]): void {
    for (const content of words) this.#write({ content });
  }

  /** Calls a tool in the last answer, and ends it. */
  call(name: string, json: string): void {
    this.#write({ tool_calls: [{ index: 0, id: `call-${this.asked.length}`, function: { name, arguments: json } }] });
    this.complete('tool_calls');
  }

  complete(reason = 'stop'): void {
    this.#write({}, reason);
    this.cut();
  }

  /** Ends the last answer without another word. */
  cut(): void {
    this.#change((answer) => {
      answer.isOver = true;
    });
  }

  #begin(): KeptAnswer {
    const answer: KeptAnswer = { id: `s${this.#answers.length + 1}`, events: [], isOver: false, readers: new Set() };
    this.#answers.push(answer);
    return answer;
  }

  #write(delta: object, reason: string | null = null): void {
    this.#change(({ id, events }) => {
      const chunk = { id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] };
      events.push(`id: ${id}:${events.length + 1}\ndata: ${JSON.stringify(chunk)}\n\n`);
    });
  }

  #change(change: (answer: KeptAnswer) => void): void {
    const answer = this.#answers.at(-1);
    if (!answer) throw new Error('Nothing has been asked.');
    change(answer);
    for (const read of answer.readers) read();
  }
}

function respond(answer: KeptAnswer, after: number, signal: AbortSignal): Response {
  let next = after;
  let read = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      read = () => {
        for (; next < answer.events.length; next += 1) {
          controller.enqueue(new TextEncoder().encode(answer.events[next]));
        }
        if (!answer.isOver) return;
        answer.readers.delete(read);
        controller.close();
      };
      answer.readers.add(read);
      signal.addEventListener('abort', () => {
        if (answer.readers.delete(read)) controller.error(signal.reason);
      });
      read();
    },
    cancel: () => void answer.readers.delete(read),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'nova-stream-id': answer.id } });
}
