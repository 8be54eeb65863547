import type { SafeLink } from '../../markdown/link-policy.js';
import { isListed } from './is-listed.js';
import type { NovaLinkPolicy, NovaRenderContext } from './nova-renderers.js';

/** Tells whether the page wants a link to be one. A policy that throws allows nothing. */
export function mayFollow(
  { href, samePage }: SafeLink,
  policy: NovaLinkPolicy | null | undefined,
  context: NovaRenderContext,
): boolean {
  if (samePage || policy === undefined || policy === null) return true;
  if (typeof policy === 'string') return isListed(href, policy);
  try {
    return policy(href, context) === 'allow';
  } catch (cause) {
    reportError(new Error(`The link policy has failed: ${cause}`, { cause }));
    return false;
  }
}
