import type { Section } from '../../content/split-sections.js';
import type { Finding } from './find-answer.js';
import { measureCoverage } from './measure-coverage.js';
import { pickBlocks } from './pick-blocks.js';
import type { QuestionTerm } from './read-question.js';
import type { PageSearch } from './search-index.js';

/** What is quoted of a section. */
export interface Passage {
  section: Section;
  markdown: string;
}

const maxPassages = 3;
const maxChars = 1_200;
const firstMaxChars = 800;
const nextMaxChars = 450;
/** A further section is quoted when it says about as much as the best one … */
const closeRank = 0.8;
/** … and covers the question nearly as well, as an unrelated section may rank high for one word of it; */
const closeCoverage = 0.95;
/** … or the question asks several things, and it adds this much of them that is not yet covered. */
const addedCoverage = 0.2;

/** Chooses the few passages that answer together, best first; none when no section answers. */
export function choosePassages({ terms, answers, others, asksSeveral }: Finding, index: PageSearch): Passage[] {
  const best = answers[0];
  if (best === undefined) return [];
  const passages: Passage[] = [];
  let covered: readonly number[] = [];
  let length = 0;
  const bestCoverage = measureCoverage(terms, best.shares);
  for (const hit of [...answers, ...others]) {
    if (passages.length === maxPassages) break;
    const together = terms.map((_, at) => Math.max(covered[at] ?? 0, hit.shares[at] ?? 0));
    const added = measureCoverage(terms, together) - measureCoverage(terms, covered);
    const coverage = measureCoverage(terms, hit.shares) / bestCoverage;
    const isClose = hit.rank >= best.rank * closeRank && coverage >= closeCoverage && answers.includes(hit);
    const isOtherHalf = asksSeveral && added >= addedCoverage;
    if (hit !== best && !isClose && !isOtherHalf) continue;
    if (isOtherLanguage(hit.section, best.section, index)) continue;
    const room = Math.min(maxChars - length, hit === best ? firstMaxChars : nextMaxChars);
    const markdown = quote(hit.section, { terms, index, maxChars: room });
    const isRepeated = passages.some((passage) => passage.markdown === markdown);
    if (isRepeated || (hit !== best && length + markdown.length > maxChars)) continue;
    passages.push({ section: hit.section, markdown });
    covered = together;
    length += markdown.length;
  }
  return passages;
}

/** Chooses the best passage of each part of a question, each once, within the bounds of one answer. */
export function choosePartPassages(parts: readonly Finding[], index: PageSearch): Passage[] {
  const passages: Passage[] = [];
  let length = 0;
  for (const part of parts) {
    const section = part.answers[0]?.section;
    if (section === undefined || passages.some((passage) => passage.section === section)) continue;
    const room = passages.length === 0 ? firstMaxChars : Math.min(maxChars - length, nextMaxChars);
    const markdown = quote(section, { terms: part.terms, index, maxChars: room });
    const isRepeated = passages.some((passage) => passage.markdown === markdown);
    if (isRepeated || (passages.length > 0 && length + markdown.length > maxChars)) continue;
    passages.push({ section, markdown });
    length += markdown.length;
    if (passages.length === maxPassages) break;
  }
  return passages;
}

/** A name is the same in all languages of a site: one of them is enough. */
function isOtherLanguage(section: Section, best: Section, { languageOf }: PageSearch): boolean {
  const language = languageOf(section);
  return language !== undefined && (languageOf(best) ?? language) !== language;
}

function quote(
  section: Section,
  options: { terms: readonly QuestionTerm[]; index: PageSearch; maxChars: number },
): string {
  const { terms, index, maxChars } = options;
  // What the heading says holds for all that stands under it; it cannot tell which part of that is meant.
  const ofHeading = new Set(index.toTerms(section.heading, section));
  const telling = terms.filter(({ variants }) => ![...variants.keys()].some((term) => ofHeading.has(term)));
  return pickBlocks(section.blocks, {
    maxChars,
    weigh: (text) => weighText(new Set(index.toTerms(text, section)), telling),
  });
}

function weighText(found: ReadonlySet<string>, terms: readonly QuestionTerm[]): number {
  let sum = 0;
  for (const { variants, weight } of terms) {
    let likeness = 0;
    for (const [term, one] of variants) if (found.has(term)) likeness = Math.max(likeness, one);
    sum += weight * likeness;
  }
  return sum;
}
