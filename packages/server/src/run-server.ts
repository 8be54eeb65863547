import { listMisspeltVariables } from './config/list-misspelt-variables.js';
import { ConfigError, loadConfig } from './config/load-config.js';
import { listIdleVariables } from './config/provider-config.js';
import { SiteContentError } from './content/load-content.js';
import { limitYoungGeneration } from './limit-young-generation.js';
import { createLogger, flushLog } from './observe/create-logger.js';
import { type RunningServer, startServer } from './start-server.js';

async function start(): Promise<RunningServer> {
  try {
    const config = loadConfig();
    const logger = createLogger(config.logLevel);
    const running = await startServer(config, { logger });
    console.log(`Nova Chat listens on ${running.url}`);
    logger.info({ order: config.auto.map(({ provider, model }) => `${provider}/${model}`) }, 'asks in this order');
    for (const line of [...listIdleVariables(config), ...listMisspeltVariables()]) logger.warn(line);
    return running;
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SiteContentError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

limitYoungGeneration();
const starting = start();

// From here on: a supervisor may stop the server as soon as it has read that it listens.
let signals = 0;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    signals += 1;
    // A second signal: the operator does not want to wait.
    if (signals > 1) process.exit(1);
    void starting
      .then((server) => server.stop())
      .then(flushLog)
      .then(() => process.exit(0));
  });
}
