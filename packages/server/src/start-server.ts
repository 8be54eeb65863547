import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { createPool, type Pool } from '@nova-chat/client/node';
import type { Hono } from 'hono';
import { createApp } from './app.js';
import { createResumeLog, type ResumeLog } from './chat/resume/index.js';
import { ConfigError, type ServerConfig } from './config/load-config.js';
import { loadContent } from './content/load-content.js';
import { createProbes, isProbe } from './create-probes.js';
import { createProviders } from './create-providers.js';
import type { AppEnv } from './http/app-env.js';
import { createDrain } from './http/drain.js';
import { loadStaticFiles, toStaticFile } from './http/static-files.js';
import { toUploadLimitMs } from './http/to-upload-limit.js';
import { createLogger, type Logger } from './observe/create-logger.js';
import { createHomePage } from './pages/home-page.js';
import { loadPictures } from './pages/load-pictures.js';
import { createPageLibrary } from './pages/page-library.js';
import { toSiteName } from './pages/to-site-name.js';
import { connectRedis } from './redis/connect-redis.js';
import { createRedisSharedState, createRouting, type Routing } from './routing/index.js';
import { stopServer } from './stop-server.js';

/** A server that takes requests. */
export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  url: string;
  /**
   * Refuses new requests, lets running answers finish for `shutdownMs`, ends the rest with an error in the stream, and
   * resolves when the port is free.
   */
  stop(): Promise<void>;
}

/** Options of `startServer`. */
export interface StartOptions {
  /** Default: JSON lines on standard output. */
  logger?: Logger;
}

/**
 * Starts the backend: the API, the widget's files, the demo page and the pages of the site's content. Rejects with a
 * `ConfigError` when the address cannot be used, and with a `SiteContentError` when the content cannot.
 */
export async function startServer(config: ServerConfig, options: StartOptions = {}): Promise<RunningServer> {
  const logger = options.logger ?? createLogger(config.logLevel);
  const probes = createProbes(config, logger);
  let app: Promise<Hono<AppEnv>> | Hono<AppEnv>;
  const server = createAdaptorServer({
    fetch: (request, env) => {
      if ('fetch' in app) return app.fetch(request, env);
      return isProbe(request) ? probes.fetch(request, env) : app.then((ready) => ready.fetch(request, env));
    },
    // Of requests without one, which health checks over HTTP/1.0 are. No route reads it.
    hostname: 'localhost',
    // A caller that was refused may still be sending. Python's clients read no answer before they are done, and to them a
    // connection that closes on the way is a broken one; what comes is thrown away for as long as a request may take.
    autoCleanupIncoming: false,
    // Slow or endless heads and bodies must not hold a connection.
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: toUploadLimitMs(config.maxBodyBytes),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
    },
  }) as Server;
  await listen(server, config);
  // The links to the pages need the port, which is known from here. A request that comes meanwhile waits, but for
  // probes: until `app` is set, nothing else may be waited for.
  const url = toUrl(server.address() as AddressInfo);
  const drain = createDrain();
  const pool = createPool({ maxConnections: config.providerConnections });
  const connecting = connectShared(config, logger);
  app = connecting.then((shared) => buildApp({ config, listensAt: url, logger, drain, pool, shared }));
  const close = async (): Promise<void> => {
    await (await connecting).close();
    await pool.close();
  };
  try {
    app = await app;
  } catch (error) {
    server.close();
    await close();
    throw error;
  }
  return {
    url,
    async stop() {
      await stopServer(server, { drain, shutdownMs: config.shutdownMs });
      await close();
    },
  };
}

interface Parts {
  config: ServerConfig;
  listensAt: string;
  logger: Logger;
  drain: ReturnType<typeof createDrain>;
  pool: Pool;
  shared: Shared;
}

async function buildApp({ config, listensAt, logger, drain, pool, shared }: Parts): Promise<Hono<AppEnv>> {
  const { folder, url: siteUrl } = config.site;
  const url = config.publicUrl ?? listensAt;
  // First, because it says best what is wrong with the folder.
  const content = await loadContent({ folder, baseUrl: siteUrl ?? `${url}/docs/` });
  const [pagePictures, widgetFiles, ownDemoFiles] = await Promise.all([
    loadPictures({
      folder,
      onLeftOut: (paths) =>
        logger.warn({ count: paths.length, first: paths[0] }, 'too many pictures among the pages: some answer 404'),
    }),
    loadStaticFiles(dirname(fileURLToPath(import.meta.resolve('@nova-chat/widget/embed.js')))),
    loadStaticFiles(fileURLToPath(new URL('./demo', import.meta.url))),
  ]);
  const siteName = config.site.name ?? toSiteName(content);
  const demoFiles = new Map(ownDemoFiles);
  if (config.site.content === 'own') {
    const home = createHomePage({ content, siteName, url, hasModels: config.auto.length > 1 });
    demoFiles.set('index.html', await toStaticFile(Buffer.from(home), 'text/html; charset=utf-8'));
  }
  if (widgetFiles.size === 0) logger.warn('the widget is not built: /widget/embed.js answers 404');
  return createApp({
    config,
    providers: await createProviders(config, { pool, content }),
    routing: shared.routing,
    resumeLog: shared.resumeLog,
    poolStats: createPoolStats(config, pool),
    logger,
    drain,
    widgetFiles,
    demoFiles,
    pages: createPageLibrary({ content, siteName }),
    pagePictures,
  });
}

/** What the instances of a server share over Redis, or what this one keeps to itself. */
interface Shared {
  routing: Routing;
  resumeLog: ResumeLog;
  close(): Promise<void>;
}

async function connectShared({ redisUrl }: ServerConfig, logger: Logger): Promise<Shared> {
  const redis = redisUrl && (await connectRedis({ url: redisUrl, log: (message) => logger.warn(message) }));
  const routing = createRouting({
    ...(redis ? { shared: createRedisSharedState({ redis }) } : {}),
    onMisconfigured: (provider, reason) =>
      logger.error(
        { provider, class: reason },
        reason === 'insufficient_quota' ? 'our account at a provider is empty' : 'a provider refuses our credentials',
      ),
  });
  const resumeLog = createResumeLog({ redis: redis || undefined });
  return {
    routing,
    resumeLog,
    async close() {
      await resumeLog.close();
      await routing.close();
      if (redis) await redis.close();
    },
  };
}

function createPoolStats({ providers }: ServerConfig, pool: Pool): (provider: string) => unknown {
  const origins = new Map(
    providers.flatMap((provider) => ('baseUrl' in provider ? [[provider.name, new URL(provider.baseUrl).origin]] : [])),
  );
  return (provider) => {
    const origin = origins.get(provider);
    return origin === undefined ? undefined : pool.stats(origin);
  };
}

async function listen(server: Server, { host, port }: ServerConfig): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError(toListenProblem(error as NodeJS.ErrnoException, host, port), { cause: error });
  }
}

function toListenProblem({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} on ${host} is in use by another program; stop it or choose another, for example PORT=${port === 65_535 ? 8787 : port + 1}`;
    case 'EACCES':
      return `PORT ${port} needs more rights than this user has; choose one above 1023, for example PORT=8787`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST must be an address of this machine, for example HOST=127.0.0.1`;
    default:
      return `HOST and PORT cannot be listened on (${code ?? 'no reason given'}), for example HOST=127.0.0.1 PORT=8787`;
  }
}

function toUrl({ address, port, family }: AddressInfo): string {
  // A browser cannot open 0.0.0.0; on this machine it is localhost.
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
