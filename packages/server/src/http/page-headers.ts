import type { MiddlewareHandler } from 'hono';
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
  context.header('content-security-policy', contentSecurityPolicy);
  context.header('x-content-type-options', 'nosniff');
  context.header('referrer-policy', 'no-referrer');
  context.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  context.header('cross-origin-opener-policy', 'same-origin');
  return next();
};
