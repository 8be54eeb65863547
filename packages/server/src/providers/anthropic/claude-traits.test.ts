import { describe, expect, it } from 'vitest';
import { claudeTraits } from './claude-traits.js';

describe('claudeTraits', () => {
  it.each([
    // model, sampling, prefill, thinking, thinks, schema, off, xhigh
    ['claude-2.1', true, true, 'none', 'asked', false, undefined, false],
    ['claude-3-opus-20240229', true, true, 'none', 'asked', false, undefined, false],
    ['claude-3-5-sonnet-20241022', true, true, 'none', 'asked', false, undefined, false],
    ['claude-3-5-haiku-latest', true, true, 'none', 'asked', false, undefined, false],
    ['claude-3-7-sonnet-20250219', true, true, 'budget', 'asked', false, undefined, false],
    ['claude-sonnet-4-20250514', true, true, 'budget', 'asked', false, undefined, false],
    ['claude-opus-4-0', true, true, 'budget', 'asked', false, undefined, false],
    ['claude-opus-4-1-20250805', true, true, 'budget', 'asked', false, undefined, false],
    ['claude-sonnet-4-5-20250929', true, true, 'budget', 'asked', true, undefined, false],
    ['claude-haiku-4-5', true, true, 'budget', 'asked', true, undefined, false],
    ['claude-sonnet-4-6', true, false, 'adaptive', 'asked', true, undefined, false],
    ['claude-opus-4-8', false, false, 'adaptive', 'asked', true, undefined, true],
    ['claude-opus-5', false, false, 'adaptive', 'default', true, 'disabled', true],
    ['claude-sonnet-5', false, false, 'adaptive', 'default', true, 'disabled', true],
    ['claude-sonnet-5-5', false, false, 'adaptive', 'always', true, 'between_tools', true],
    ['claude-haiku-5-5', false, false, 'adaptive', 'default', true, 'disabled', true],
    ['claude-opus-5-5', false, false, 'adaptive', 'always', true, undefined, true],
    ['claude-sonnet-6', false, false, 'adaptive', 'always', true, undefined, true],
    ['claude-fable-5', false, false, 'adaptive', 'always', true, undefined, true],
    ['claude-opus-6', false, false, 'adaptive', 'always', true, undefined, true],
    ['kimi-k2-turbo', true, true, 'none', 'asked', false, undefined, false],
  ] as const)('knows %s', (model, sampling, prefill, thinking, thinks, schema, off, xhigh) => {
    expect(claudeTraits(model)).toEqual({ sampling, prefill, thinking, thinks, schema, off, xhigh });
  });
});
