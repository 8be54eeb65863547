/** Kept short enough that a key of another tenant, or a masked one, is caught too. */
const keyLike = /\b(?:(?:sk|pk|rk|key|gsk|xai)[-_]|AIza|AQ\.)[\w*.…-]{6,}|\borg[-_]\w{16,}/gi;

/** Takes the key of a call out of a text, and whatever looks like a key or the name of an account. */
export function hideKeys(text: string, apiKey: string | undefined): string {
  return (apiKey ? text.replaceAll(apiKey, '…') : text).replace(keyLike, '…');
}
