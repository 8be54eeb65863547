import { describe, expect, it } from 'vitest';
import { english } from './languages/english.js';
import { french } from './languages/french.js';
import { german } from './languages/german.js';
import { spanish } from './languages/spanish.js';
import { resolveFollowUp } from './resolve-follow-up.js';

describe('resolveFollowUp', () => {
  it.each([
    ['How long is the warranty of a desk?', english, 'standalone'],
    ['and how much is it?', english, 'follow-up'],
    ['what about Switzerland?', english, 'follow-up'],
    ['Can I pay for them later?', english, 'follow-up'],
    ['price?', english, 'short'],
    ['tell me more', english, 'more'],
    ['Why?', english, 'more'],
    ['und was kostet das?', german, 'follow-up'],
    ['mehr dazu', german, 'more'],
    ['et pour la Suisse ?', french, 'follow-up'],
    ['y cuánto cuesta?', spanish, 'follow-up'],
  ])('%s', (question, language, kind) => {
    expect(resolveFollowUp(question, ['Tell me about the Aurora lamp'], language).kind).toBe(kind);
    expect(resolveFollowUp(question, [], language).kind).toBe('standalone');
  });

  it.each([
    ['the question before', ['Do you ship to Austria?'], ['Do you ship to Austria?']],
    ['the one before a question that only points back', ['Show the Aurora', 'how much is it?'], ['Show the Aurora']],
    [
      'both, when one went on with a topic of its own',
      ['Do you ship lamps?', 'and to Switzerland?'],
      ['and to Switzerland?', 'Do you ship lamps?'],
    ],
    ['the latest topic, not older ones', ['Show the Aurora', 'Show the Borealis'], ['Show the Borealis']],
    ['what was asked before thanks', ['Show the Aurora', 'thanks!'], ['Show the Aurora']],
    ['a first question that points at something itself', ['Is it made of oak?'], ['Is it made of oak?']],
  ])('takes the topic from %s', (_, earlier, subjects) => {
    const resolved = resolveFollowUp('and how long does it take?', earlier, english);
    expect(resolved.subjects.map(({ question }) => question)).toEqual(subjects);
    expect(resolved.subjects.map(({ weight }) => weight)).toEqual([0.5, 0.25].slice(0, subjects.length));
  });
});
