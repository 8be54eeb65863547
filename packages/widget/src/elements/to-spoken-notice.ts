import type { ConversationMessage } from '@nova-chat/client/conversation';
import { fill } from '../i18n/fill.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { toRelativeTime } from '../i18n/to-relative-time.js';
import { toNotice } from './to-notice.js';

/** Gives the notice of a message as it is read aloud, with the time to wait for; blank when there is none. */
export function toSpokenNotice(message: ConversationMessage | undefined, strings: NovaStrings, locale: string): string {
  const notice = message && toNotice(message);
  if (!notice) return '';
  const text = strings[notice.key];
  const waitMs = message.error?.retryAfterMs;
  return waitMs ? `${text} ${fill(strings.waitUntil, { when: toRelativeTime(waitMs, locale) })}` : text;
}
