import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shakeLibraryCode } from '../../scripts/bundling/shake-libraries.js';

type Retry = (attempt: (number: number) => Promise<unknown>, options: object) => Promise<unknown>;
type CreateParser = (callbacks: object) => { feed(text: string): void };

const retryUrl = pathToFileURL(createRequire(import.meta.resolve('@nova-chat/client/package.json')).resolve('p-retry'));
const retryCode = await readFile(retryUrl, 'utf8');
const parserUrl = new URL('parse.js', import.meta.resolve('eventsource-parser'));
const parserCode = await readFile(parserUrl, 'utf8');

describe('the retry loop of the script tag', async () => {
  const networkErrorUrl = new URL('../is-network-error/index.js', retryUrl).href;
  const load = async (code: string): Promise<Retry> => {
    const { default: pRetry } = await importCode(code.replace(`'is-network-error'`, `'${networkErrorUrl}'`));
    return pRetry as Retry;
  };
  const whole = await load(retryCode);
  const shaken = await load(shakeLibraryCode('p-retry/index.js', retryCode));

  it.each<[name: string, retries: number, fails: unknown[], refuseAt?: number]>([
    ['a success', 2, []],
    ['a success after failures', 3, [new Error('1'), new Error('2')]],
    ['too many failures', 2, [new Error('1'), new Error('2'), new Error('3'), new Error('4')]],
    ['no retries', 0, [new Error('1')]],
    ['a failure that is not retried', 3, [new Error('1'), new Error('2')], 2],
    ['a broken operation', 3, [new TypeError('x is not a function')]],
    ['what is no error', 3, ['a word']],
  ])('ends as the whole one does: %s', async (_, retries, fails, refuseAt) => {
    const run = async (pRetry: Retry): Promise<unknown[]> => {
      const told: unknown[] = [];
      const options = {
        retries,
        minTimeout: 0,
        signal: new AbortController().signal,
        shouldRetry: ({ error }: Record<string, unknown>) => told.push(String(error)) !== refuseAt,
      };
      const attempt = async (number: number): Promise<number> => {
        if (number <= fails.length) throw fails[number - 1];
        return number;
      };
      // Its own errors are told by their names.
      told.push(await pRetry(attempt, options).catch((error) => (fails.includes(error) ? error : error.name)));
      return told;
    };
    expect(await run(shaken)).toEqual(await run(whole));
  });

  it.each(['before', 'in an attempt', 'while it is asked'])('ends with the reason of an abort %s', async (when) => {
    const run = async (pRetry: Retry): Promise<unknown> => {
      const controller = new AbortController();
      const abortWhen = (now: string): void => void (now === when && controller.abort('enough'));
      abortWhen('before');
      const attempt = async (): Promise<never> => {
        abortWhen('in an attempt');
        throw new Error('lost');
      };
      const shouldRetry = async (): Promise<boolean> => {
        abortWhen('while it is asked');
        return true;
      };
      return pRetry(attempt, { retries: 9, minTimeout: 0, signal: controller.signal, shouldRetry }).catch((e) => e);
    };
    expect(await run(shaken)).toBe('enough');
    expect(await run(whole)).toBe('enough');
  });
});

describe('the event stream parser of the script tag', async () => {
  const load = async (code: string): Promise<CreateParser> => {
    const { createParser } = await importCode(code.replace(`'./errors.js'`, `'${new URL('errors.js', parserUrl)}'`));
    return createParser as CreateParser;
  };
  const whole = await load(parserCode);
  const shaken = await load(shakeLibraryCode('eventsource-parser/dist/parse.js', parserCode));

  it.each([
    'data: one\n\nid: 7\nevent: end\ndata: two\ndata:  more\n\n',
    ': a comment\r\ndata: one\r\n\r\n:\rdata: two\r\r',
    '\uFEFFretry: 300\nretry: soon\nretry\nid\nunknown: x\nunknown\ndata\n\nid: 8\n\n',
    `data: ${'long '.repeat(40)}\n\ndata: after\n\n`,
    `data: short\n\nunknown: ${'long '.repeat(40)}\n`,
    'data: unterminated',
  ])('reads as the whole one does, wherever it is cut: %j', (text) => {
    const read = (createParser: CreateParser, cutAt: number): unknown[] => {
      const heard: unknown[] = [];
      const parser = createParser({
        maxBufferSize: 100,
        onEvent: (event: unknown) => heard.push(event),
        onId: (id: string) => heard.push(`id ${id}`),
        onRetry: (ms: number) => heard.push(`retry ${ms}`),
        // The client hears no other.
        onError({ type }: { type: string }) {
          if (type === 'max-buffer-size-exceeded') heard.push(type);
        },
      });
      try {
        for (const part of [text.slice(0, cutAt), text.slice(cutAt)]) parser.feed(part);
      } catch (error) {
        heard.push((error as Error).name);
      }
      return heard;
    };
    for (let cutAt = 0; cutAt <= text.length; cutAt++) expect(read(shaken, cutAt)).toEqual(read(whole, cutAt));
  });
});

it('refuses a library that is written in another way', () => {
  expect(() => shakeLibraryCode('p-retry/index.js', retryCode.replaceAll('validate', 'check'))).toThrow(
    'no longer has',
  );
});

function importCode(code: string): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
