const ours = /(?:\/|^)(chat\/completions)(?:\/|$)|(?:\/v1|^)\/(models)(?:\/|$)/i;
const ofOpenAi = /\/v1(?:\/|$)|^\/(?:responses|completions|embeddings)$/i;

/**
 * Gives what may be wrong with an address that leads nowhere, as a sentence with a space before it. Clients put their paths
 * behind a base URL that was typed by hand, and newer ones ask for `/responses` unless they are told otherwise.
 */
export function toAddressHint(path: string): string {
  const single = path.replaceAll(/\/{2,}/g, '/');
  const [, chat, models] = ours.exec(single) ?? [];
  const meant = chat ?? models;
  if (meant) {
    const why = /\/v1\/v1\//.test(single)
      ? '/v1 is there twice, and the base URL of a client of Nova Chat ends without it'
      : "a client's base URL ends in /v1, without a slash";
    return ` Perhaps /v1/${meant.toLowerCase()} is meant: ${why}.`;
  }
  return ofOpenAi.test(path) ? ' Of the API of OpenAI, this server has /v1/chat/completions and /v1/models only.' : '';
}
