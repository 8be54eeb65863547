import type { UrlCitation } from '@nova-chat/client/protocol';
import type { Section } from '../../content/split-sections.js';
import type { Passage } from './choose-passages.js';

/** A piece of an answer, with its source when it is quoted. */
export interface AnswerPart {
  text: string;
  citation?: UrlCitation;
}

export interface Topic {
  title: string;
  url: string;
}

/** Joins passages into one message; a passage that could not be understood without its heading, or stands among others, gets it. */
export function composeAnswer(passages: readonly Passage[]): AnswerPart[] {
  let length = 0;
  return passages.map(({ section, markdown }, at) => {
    const gap = at === 0 ? '' : '\n\n';
    const isNamed = passages.length > 1 || section.blocks[0]?.kind !== 'prose';
    const needsHeading = at > 0 || (isNamed && section.heading !== section.document.title);
    const lead = gap + (needsHeading ? `**${escapeMarkdown(section.heading)}**\n\n` : '');
    const text = lead + markdown;
    const citation = {
      start_index: length + lead.length,
      end_index: length + text.length,
      url: section.url,
      title: toCitationTitle(section),
    };
    length += text.length;
    return { text, citation };
  });
}

/** Says a sentence and lists topics as links. */
export function composeTopics(sentence: string, topics: readonly Topic[]): AnswerPart[] {
  const list = topics.map(({ title, url }) => `- [${escapeMarkdown(title)}](${url})`).join('\n');
  return [{ text: list === '' ? sentence : `${sentence}\n\n${list}` }];
}

/** Names a section for a list of sources: its page, and its heading where that says more. */
export function toCitationTitle({ document, heading }: Section): string {
  return heading === document.title ? heading : `${document.title} › ${heading}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, '\\$&');
}
