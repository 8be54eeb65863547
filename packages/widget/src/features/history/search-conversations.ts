import type { ConversationArchive, ConversationHead } from '@nova-chat/client/conversation';

/** Gives the conversations in which each word of `query` stands, in the title or in what is said; with a blank one, all. */
export function searchConversations(archive: ConversationArchive, query: string): ConversationHead[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const heads = archive.heads();
  if (words.length === 0) return heads;
  return heads.filter(({ id, title }) => {
    const said = archive.read(id)?.tree.map(({ message }) => message.text) ?? [];
    const text = [title, ...said].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
