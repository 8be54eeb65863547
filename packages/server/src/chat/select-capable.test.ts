import type { ChatRequest } from '@nova-chat/client/protocol';
import { expect, it } from 'vitest';
import type { Provider } from '../providers/provider.js';
import { createScriptedProvider } from '../testing/scripted-provider.js';
import type { Candidate } from './model-catalog.js';
import { selectCapable } from './select-capable.js';

const able = createScriptedProvider({ name: 'able', steps: () => [] });
const single: Provider = {
  ...createScriptedProvider({ name: 'single', steps: () => [] }),
  refuses: ({ n }) => ((n ?? 1) > 1 ? { param: 'n', message: "Leave 'n' out." } : undefined),
};
const several: ChatRequest = { messages: [], n: 2 };
const toCandidates = (...providers: Provider[]): Candidate[] =>
  providers.map((provider) => ({ provider, model: 'one' }));
const ask = (candidates: Candidate[], request: ChatRequest): string[] =>
  selectCapable(candidates, request).map(({ provider }) => provider.name);

it('leaves out who cannot carry the request, and keeps the order', () => {
  expect(ask(toCandidates(single, able, single), several)).toEqual(['able']);
  expect(ask(toCandidates(single, able, single), { messages: [] })).toEqual(['single', 'able', 'single']);
});

it('is a 400 that names the member when nobody can carry it', () => {
  expect(() => ask(toCandidates(single), several)).toThrow(
    expect.objectContaining({ status: 400, code: 'unsupported_value', param: 'n', message: "Leave 'n' out." }),
  );
});

it('gives on the code of what is simply wrong', () => {
  const strict: Provider = {
    ...single,
    refuses: () => ({ param: 'messages[0]', message: 'No.', code: 'invalid_value' }),
  };
  expect(() => ask(toCandidates(strict, single), several)).toThrow(
    expect.objectContaining({ status: 400, code: 'invalid_value', param: 'messages[0]' }),
  );
});

it('has no candidates when there are none', () => {
  expect(ask([], several)).toEqual([]);
});
