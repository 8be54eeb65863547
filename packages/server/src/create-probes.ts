import { Hono } from 'hono';
import type { ServerConfig } from './config/load-config.js';
import { ApiError } from './errors/api-error.js';
import type { AppEnv } from './http/app-env.js';
import { createCors } from './http/cors.js';
import { toErrorResponse } from './http/error-response.js';
import { requestId } from './http/request-id.js';
import { createRequestLog } from './http/request-log.js';
import type { Logger } from './observe/create-logger.js';
import { health } from './routes/health.js';
import { ping } from './routes/ping.js';

/** Tells a request that asks how the server is. What restarts one that gives no answer must not wait for large content. */
export function isProbe({ method, url }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/(?:health|ping|ready)$/.test(new URL(url).pathname);
}

/** Creates what answers probes while the content is read. */
export function createProbes({ allowedOrigins }: Pick<ServerConfig, 'allowedOrigins'>, logger: Logger): Hono<AppEnv> {
  const probes = new Hono<AppEnv>();
  probes.use(requestId);
  probes.use(createRequestLog(logger));
  probes.use(createCors(allowedOrigins));
  probes.get('/health', health);
  probes.get('/ping', ping);
  probes.get('/ready', () => {
    throw new ApiError({
      status: 503,
      code: 'service_unavailable',
      message: 'The content of the site is still being read. Questions wait for it.',
      retryAfterMs: 1000,
    });
  });
  probes.onError((error, context) => toErrorResponse(context, error));
  return probes;
}
