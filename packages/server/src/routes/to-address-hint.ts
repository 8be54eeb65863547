const ours = /(?:\/|^)(chat\/completions)(?:\/|$)|(?:\/v1|^)\/(models)(?:\/|$)/i;
const ofOpenAi = /\/v1(?:\/|$)|^\/(?:responses|completions|embeddings)$/i;

/**
 * Gives what may be wrong with an address that leads nowhere, as a sentence with a space before it. Clients put their paths
 * behind a base URL that somebody has typed, and newer ones ask for `/responses` unless they are told otherwise.
 */
export function toAddressHint(path: string): string {
  const [, chat, models] = ours.exec(path.replaceAll(/\/{2,}/g, '/')) ?? [];
  const meant = chat ?? models;
  if (meant) {
    return ` Perhaps /v1/${meant.toLowerCase()} is meant: a client's base URL ends in /v1, without a slash.`;
  }
  return ofOpenAi.test(path) ? ' Of the API of OpenAI, this server has /v1/chat/completions and /v1/models only.' : '';
}
