import type { Finding } from './find-answer.js';
import { measureCoverage } from './measure-coverage.js';
import { pickBlocks } from './pick-blocks.js';
import type { QuestionTerm } from './read-question.js';
import type { SearchIndex } from './search-index.js';
import type { Section } from './split-sections.js';

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
/** … or adds this much of the question that is not yet covered. */
const addedCoverage = 0.2;

/** Chooses the few passages that answer together, best first; none when no section answers. */
export function choosePassages({ terms, answers, others }: Finding, index: SearchIndex): Passage[] {
  const best = answers[0];
  if (best === undefined) return [];
  const passages: Passage[] = [];
  let covered: readonly number[] = [];
  let length = 0;
  for (const hit of [...answers, ...others]) {
    if (passages.length === maxPassages) break;
    const together = terms.map((_, at) => Math.max(covered[at] ?? 0, hit.shares[at] ?? 0));
    const added = measureCoverage(terms, together) - measureCoverage(terms, covered);
    const isClose = hit.rank >= best.rank * closeRank && answers.includes(hit);
    if (hit !== best && !isClose && added < addedCoverage) continue;
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

function quote(
  section: Section,
  options: { terms: readonly QuestionTerm[]; index: SearchIndex; maxChars: number },
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
