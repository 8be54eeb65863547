import { branchesOf, type Version } from '@nova-chat/client/conversation';
import { html, type TemplateResult } from 'lit';
import type { NovaTranscript } from '../../elements/nova-transcript.js';
import { featureWords, type NovaWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { FeatureHost } from '../feature.js';
import { lineIcon } from '../shared/line-icon.js';
import { whenShown } from './when-shown.js';

export interface VersionSwitchOptions {
  version: Version;
  words: NovaWords;
  /** Whether an answer is under way, which another version would end. */
  isBusy: boolean;
  onStep: (event: Event, step: number) => void;
}

/** Shows which version of a message this is, with a step to the one before and the one after it. */
export function versionSwitch({ version, words, isBusy, onStep }: VersionSwitchOptions): TemplateResult {
  const { number, count } = version;
  const arrow = (step: number, path: string, label: string): TemplateResult => {
    const isOff = isBusy || number + step < 1 || number + step > count;
    // Not `disabled`: the arrow would lose the focus at the last step.
    return html`<button class="tool arrow" part="action" type="button" aria-label=${label} aria-disabled=${isOff} @click=${(event: Event) => isOff || onStep(event, step)}>
      ${lineIcon(path)}
    </button>`;
  };
  return html`<div class="versions" role="group" aria-label=${words.versions}>
    ${arrow(-1, 'M14 7l-5 5 5 5', words.previousVersion)}
    <span class="count" dir="ltr" aria-hidden="true">${number} / ${count}</span>
    <span class="vh">${toSentence(words, version)}</span>
    ${arrow(1, 'M10 7l5 5-5 5', words.nextVersion)}
  </div>`;
}

/** Shows another version. The switch stays where the reader's pointer is, whatever the length of what follows. */
export async function stepTo(chat: FeatureHost, event: Event, way: { id: string; step: number }): Promise<void> {
  const arrow = event.currentTarget as HTMLElement;
  const scroller = arrow.closest<HTMLElement>('.log');
  const top = arrow.getBoundingClientRect().top;
  const branches = branchesOf(chat.conversation);
  const { number, count } = branches.versionOf(way.id);
  if (!branches.show(way.id, way.step)) return;
  chat.announce(toSentence(featureWords(chat), { number: number + way.step, count }));
  const transcript = arrow.closest<NovaTranscript>('nova-transcript');
  // The reader looks at this place and not at the end.
  transcript?.stopFollowing();
  await whenShown(chat);
  scroller?.scrollBy({ top: arrow.getBoundingClientRect().top - top, behavior: 'instant' });
  // An end that is in view is not left.
  if (scroller && scroller.scrollHeight <= scroller.clientHeight) transcript?.scrollToEnd();
}

function toSentence({ versionOf }: NovaWords, { number, count }: Version): string {
  return fill(versionOf, { number: `${number}`, count: `${count}` });
}
