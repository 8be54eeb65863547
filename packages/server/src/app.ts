import { type Handler, Hono } from 'hono';
import { createModelCatalog } from './chat/model-catalog.js';
import { createResumeLog, type ResumeLog } from './chat/resume/index.js';
import type { ServerConfig } from './config/load-config.js';
import { ApiError } from './errors/api-error.js';
import type { AppEnv } from './http/app-env.js';
import { createCors } from './http/cors.js';
import { createDrain, type Drain, refuseWhileDraining } from './http/drain.js';
import { toErrorResponse } from './http/error-response.js';
import { pageHeaders } from './http/page-headers.js';
import { requestId } from './http/request-id.js';
import { createRequestLog } from './http/request-log.js';
import type { StaticFiles } from './http/static-files.js';
import type { Logger } from './observe/create-logger.js';
import type { PageLibrary } from './pages/page-library.js';
import type { Provider } from './providers/provider.js';
import { createChatCompletions } from './routes/chat-completions.js';
import { createStreamRead, createStreamRemove } from './routes/chat-streams.js';
import { createDemoFiles, createDemoPage } from './routes/demo-page.js';
import { createDocsPage } from './routes/docs-page.js';
import { health } from './routes/health.js';
import { toMissingResponse } from './routes/missing-page.js';
import { createModel } from './routes/model.js';
import { createModels } from './routes/models.js';
import { ping } from './routes/ping.js';
import { createProvidersHealth } from './routes/providers-health.js';
import { createReady } from './routes/ready.js';
import { createWidgetFiles } from './routes/widget-files.js';
import { createRouting, type Routing } from './routing/index.js';

/** What `createApp` puts together. */
export interface AppOptions {
  config: Pick<
    ServerConfig,
    'allowedOrigins' | 'maxBodyBytes' | 'peekMs' | 'keepAliveMs' | 'startMs' | 'retryDelaysMs'
  > &
    Partial<Pick<ServerConfig, 'auto' | 'aliases'>>;
  providers: readonly Provider[];
  /** Knows which providers may be asked. Default: one of this app alone. */
  routing?: Routing;
  /** Keeps streams for readers that come back. Default: in memory. */
  resumeLog?: ResumeLog;
  /** What the transport says of a provider's connections, for `GET /providers/health`. */
  poolStats?: (provider: string) => unknown;
  logger: Logger;
  /** Lets a server stop without breaking answers. Default: one that never begins. */
  drain?: Drain;
  /** The widget's built files, served under `/widget/`. Default: none. */
  widgetFiles?: StaticFiles;
  /** The demo page and its files. Default: none. */
  demoFiles?: StaticFiles;
  /** The pages that citations lead to, under `/docs/`. Default: none. */
  pages?: PageLibrary;
  /** Pictures of these pages, as `loadPictures` gives them. Default: none. */
  pagePictures?: StaticFiles;
}

/** Creates the HTTP application: what a request passes through, in order, and what it can reach. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { config, providers, logger } = options;
  const { drain = createDrain(), routing = createRouting(), resumeLog = createResumeLog() } = options;
  const noFiles: StaticFiles = new Map();
  const catalog = createModelCatalog({ providers, auto: config.auto, aliases: config.aliases });
  const chat = createChatCompletions({ ...config, catalog, routing, resumeLog, drain });
  const streams = { resumeLog, drain, keepAliveMs: config.keepAliveMs };
  const demoFiles = options.demoFiles ?? noFiles;
  const docs = createDocsPage(options.pages, options.pagePictures ?? noFiles);

  const app = new Hono<AppEnv>();
  app.use(requestId);
  app.use(createRequestLog(logger));
  app.use(createCors(config.allowedOrigins));
  app.use(refuseWhileDraining(drain));
  app.use('/', pageHeaders);
  app.use('/docs/*', pageHeaders);

  const routes: [method: Method, path: string, handler: Handler<AppEnv>][] = [
    ['POST', '/v1/chat/completions', chat],
    ['GET', '/v1/chat/streams/:id', createStreamRead(streams)],
    ['DELETE', '/v1/chat/streams/:id', createStreamRemove(streams)],
    ['GET', '/v1/models', createModels(catalog)],
    ['GET', '/v1/models/:id{.+}', createModel(catalog)],
    ['GET', '/health', health],
    ['GET', '/ready', createReady({ catalog, routing })],
    ['GET', '/providers/health', createProvidersHealth({ catalog, routing, poolStats: options.poolStats })],
    ['GET', '/ping', ping],
    ['GET', '/widget/*', createWidgetFiles(options.widgetFiles ?? noFiles)],
    ['GET', '/docs/*', docs],
    ['GET', '/demo/*', createDemoFiles(demoFiles)],
    ['GET', '/', createDemoPage(demoFiles)],
  ];
  for (const [method, path, handler] of routes) app.on(method, path, handler);
  for (const [path, own] of Map.groupBy(routes, ([, path]) => path)) {
    app.all(path, refuseMethod(own.map(([method]) => method)));
  }
  app.notFound((context) => toMissingResponse(context, options.pages));
  app.onError((error, context) => toErrorResponse(context, error));
  return app;
}

type Method = 'GET' | 'POST' | 'DELETE';

function refuseMethod(methods: readonly Method[]): Handler<AppEnv> {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return () => {
    throw new ApiError({
      status: 405,
      code: 'method_not_allowed',
      message: `This address takes ${methods.join(' and ')} only.`,
      headers: { allow: [...allowed, 'OPTIONS'].join(', ') },
    });
  };
}
