import type { NovaMessage } from '../../elements/nova-message.js';
import { removeHidden } from '../../markdown/link-policy.js';

/** What is known of a source that is listed under an answer. */
export interface Source {
  element: HTMLElement;
  title: string;
  /** Where it really leads, as it is listed; blank when it is no link. */
  place: string;
  /** The passage that is meant; blank when the server does not say. */
  quote: string;
}

/** A longer passage is cut: it is a preview. */
const maxLength = 400;

/** Finds the source that an event happened at. */
export function sourceOf(target: EventTarget | null): Source | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('.source') : null;
  const message = element?.closest<NovaMessage>('nova-message')?.message;
  if (!element || !message) return undefined;
  const urls = [...new Set(message.citations.map(({ url }) => url))];
  const item = element.closest('li');
  const url = urls[item ? [...(item.parentElement?.children ?? [])].indexOf(item) : -1];
  const quotes = message.citations.filter((citation) => citation.url === url).map(({ content }) => content);
  const [title, host] = element.children;
  return { element, title: title?.textContent ?? '', place: host?.textContent ?? '', quote: toQuote(quotes) };
}

/** Takes the first passage that is one: a server is not held to the type. */
function toQuote(contents: readonly unknown[]): string {
  const content = contents.find((text) => typeof text === 'string' && text.trim() !== '');
  const quote = removeHidden(String(content ?? '').trim());
  return quote.length > maxLength ? `${quote.slice(0, maxLength).trimEnd()}…` : quote;
}
