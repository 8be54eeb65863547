import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, type TemplateResult } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { SafeLink } from '../../markdown/link-policy.js';
import type { Feature, FeatureHost } from '../feature.js';
import { mayFollow } from '../shared/may-follow.js';
import { createShowOnce } from '../shared/show-once.js';
import { citationsStyles } from './citations.styles.js';
import { placeAt } from './place-at.js';
import { sourceList } from './source-list.js';
import { type Source, sourceOf } from './source-of.js';

/** How long a pointer rests before a preview comes, and before it goes, in ms. */
const comesAfterMs = 250;
const goesAfterMs = 200;

/**
 * Lists the sources of an answer, and shows what one is before it is opened: its title, its place and the passage that
 * is meant. All of it came with the answer; nothing is asked of the other site.
 */
export function createFeature(chat: FeatureHost): Feature {
  let shown: Source | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function show(source: Source | undefined): Promise<void> {
    clearTimeout(timer);
    if (source?.element === shown?.element) return;
    shown?.element.removeAttribute('aria-description');
    // Where the focus is does not matter: a pointer may have brought the preview.
    if (source) document.addEventListener('keydown', onKeydown, true);
    else document.removeEventListener('keydown', onKeydown, true);
    shown = source;
    if (source?.quote) source.element.setAttribute('aria-description', source.quote);
    chat.requestUpdate();
    await chat.updateComplete;
    place(chat, shown);
  }

  function later(source: Source | undefined, delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void show(source), delayMs);
  }

  function onPointer(event: Event): void {
    if ((event as PointerEvent).pointerType === 'touch') return;
    const source = sourceOf(event.target);
    if (source) later(source, shown ? 0 : comesAfterMs);
    else if (isPreview(event.target)) clearTimeout(timer);
    else if (shown?.element.matches(':focus-visible')) clearTimeout(timer);
    else later(undefined, goesAfterMs);
  }

  /** A finger cannot hover: its first tap shows the passage, if there is one, and the second one opens the source. */
  function onClick(event: Event): void {
    const source = sourceOf(event.target);
    const isTap = (event as PointerEvent).pointerType === 'touch';
    if (isTap && source?.quote && source.element !== shown?.element) {
      event.preventDefault();
      void show(source);
    } else if (!isPreview(event.target)) void show(undefined);
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // It closes the preview and leaves the panel open.
    event.preventDefault();
    event.stopPropagation();
    void show(undefined);
  }

  const showOwn = createShowOnce(chat, 'citations');
  const list = (message: ConversationMessage): unknown => {
    const { citations } = message;
    const follow = (link: SafeLink): boolean => mayFollow(link, chat.linkPolicy, { message });
    return showOwn(citations, message) ?? sourceList(citations, featureWords(chat), follow);
  };

  const root = chat.renderRoot;
  root.addEventListener('pointerover', onPointer);
  // It does not bubble, and no root hears of it.
  chat.addEventListener('pointerleave', onPointer);
  root.addEventListener('focusin', ({ target }) => {
    const source = sourceOf(target);
    if (!source || source.element.matches(':focus-visible')) void show(source);
  });
  root.addEventListener('click', onClick, true);
  root.addEventListener(
    'scroll',
    ({ target }) => {
      if (!shown || !(target as Node).contains(shown.element)) return;
      // The browser may scroll to what gets the focus, and says so when the preview is there.
      if (shown.element.matches(':focus-visible') && isInView(shown.element, target as Element)) place(chat, shown);
      else void show(undefined);
    },
    true,
  );

  return {
    styles: citationsStyles,
    views: {
      overlay: () => shown && preview(shown),
      after: (message) => (message.citations.length > 0 ? list(message) : undefined),
    },
    onDisconnect: () => void show(undefined),
  };
}

function isPreview(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.preview') !== null;
}

function place({ renderRoot }: FeatureHost, source: Source | undefined): void {
  const preview = renderRoot.querySelector<HTMLElement>('.preview');
  if (source && preview) placeAt(preview, source.element);
}

function isInView(element: Element, scroller: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  return bottom > view.top && top < view.bottom;
}

function preview({ title, place, quote }: Source): TemplateResult {
  return html`<div class="preview" part="citation-preview" aria-hidden="true">
    <p class="preview-title" dir="auto">${title}</p>
    <p class="preview-place" dir="ltr">${place}</p>
    ${quote ? html`<blockquote dir="auto">${quote}</blockquote>` : ''}
  </div>`;
}
