import type { ChatEmbed } from './create-chat-embed.js';

/**
 * Answers `nova('show')` and the like, those first that were called before this script was there and that a stub has
 * kept: `function nova() { nova.q.push(arguments) } nova.q = []`. Each call returns a promise. A global of that
 * name that is not the stub belongs to the page and stays.
 */
export function installNovaCommands(embed: ChatEmbed, page: { nova?: unknown } = window as { nova?: unknown }): void {
  // An element with that id is no variable of the page.
  const queued = Object.hasOwn(page, 'nova') ? (page.nova as { q?: Iterable<unknown>[] } | null)?.q : [];
  if (!queued) return;
  const nova = async (name: string, ...parameters: unknown[]): Promise<unknown> => {
    const { chat, ready } = embed;
    const [first, listener] = parameters as [((chat: HTMLElement) => unknown) | undefined, EventListener];
    // A page may want to know without paying for it: these two wait, and do not load the chat.
    if (name === 'ready') return ready.then(() => (first ? first(chat) : chat));
    if (name === 'on') {
      const type = `nova-${first}`;
      chat.addEventListener(type, listener);
      return () => chat.removeEventListener(type, listener);
    }
    if (name === 'show') return embed.open();
    if (name === 'hide') return embed.close();
    return embed.call(name, parameters);
  };
  page.nova = nova;
  // A queued call has no caller that waits: its failure is an unhandled rejection, which the console shows.
  for (const parameters of queued) void nova(...(parameters as [string]));
}
