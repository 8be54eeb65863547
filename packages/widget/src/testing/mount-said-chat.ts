import type { NovaChat } from '../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from './mount-chat.js';
import { until } from './until.js';

/** The chat of the test that runs. */
export let mounted: MountedChat;

/** What links of answers to `#x` lead to. */
const place = Object.assign(document.createElement('p'), { id: 'x' });

export function begin(): void {
  document.body.append(place);
}

export function end(): void {
  mounted.unmount();
  place.remove();
}

export async function mount(properties: Partial<NovaChat>): Promise<void> {
  mounted = await mountChat({ open: true, ...properties });
}

/** Mounts a chat that has said `text`, in pieces. */
export async function say(text: string, properties: Partial<NovaChat>): Promise<MountedChat> {
  await mount(properties);
  mounted.chat.send('Why?');
  await until(() => mounted.transport.inputs.length === 1);
  for (let start = 0; start < text.length; start += 9) {
    mounted.transport.write({ type: 'text-delta', choice: 0, text: text.slice(start, start + 9) });
    await mounted.settle();
  }
  mounted.transport.write({ type: 'end', outcome: 'complete' });
  await mounted.settle();
  return mounted;
}

export const links = (): string[] => mounted.findAll('.markdown a').map((link) => (link as HTMLAnchorElement).href);
export const answer = (): string => mounted.find('.markdown').innerText.replace(/\s+/g, ' ').trim();
