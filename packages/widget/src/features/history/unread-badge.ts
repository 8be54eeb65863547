import { html, render } from 'lit';
import type { FeatureHost } from '../feature.js';
import { countWords } from './history-words.js';

/** Shows at the launcher how many answers have ended unseen; takes it away at 0. */
export function showUnreadBadge(chat: FeatureHost, count: number): void {
  const root = chat.renderRoot.querySelector('.root');
  const launcher = root?.querySelector('.launcher');
  if (!root || !launcher) return;
  let badge = root.querySelector<HTMLElement>('#nova-unread');
  if (count === 0) {
    badge?.remove();
    launcher.removeAttribute('aria-describedby');
    return;
  }
  if (!badge) {
    badge = Object.assign(document.createElement('div'), { id: 'nova-unread' });
    root.append(badge);
  }
  launcher.setAttribute('aria-describedby', badge.id);
  const number = count > 9 ? '9+' : String(count);
  render(
    html`<span class="unread" part="badge" aria-hidden="true">${number}</span>
      <span class="vh">${countWords(chat, 'newAnswers', count)}</span>`,
    badge,
  );
}
