import type { MiddlewareHandler } from 'hono';
import { setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

/** The strictest policy that the widget works under; the demo shows that it does. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of the pages that people look at. */
export const pageHeaders: MiddlewareHandler<AppEnv> = (context, next) => {
  setHeader(context, 'content-security-policy', contentSecurityPolicy);
  setHeader(context, 'x-content-type-options', 'nosniff');
  setHeader(context, 'referrer-policy', 'no-referrer');
  setHeader(context, 'permissions-policy', 'camera=(), geolocation=(), microphone=()');
  setHeader(context, 'cross-origin-opener-policy', 'same-origin');
  return next();
};
