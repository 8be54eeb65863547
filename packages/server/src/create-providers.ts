import type { Pool } from '@nova-chat/client/node';
import type { ProviderName, ServerConfig } from './config/load-config.js';
import { createOpenAiProvider } from './providers/openai/openai-provider.js';
import type { Provider } from './providers/provider.js';
import type { SiteContent } from './providers/site/site-content.js';
import { createSiteProvider } from './providers/site/site-provider.js';

/** Creates the configured providers, in the order in which they are asked. */
export function createProviders(config: ServerConfig, shared: { pool: Pool; content: SiteContent }): Provider[] {
  const { openai, timeouts } = config;
  const create: Record<ProviderName, () => Provider> = {
    openai: () => createOpenAiProvider({ ...openai, timeouts, pool: shared.pool }),
    site: () => createSiteProvider({ content: shared.content }),
  };
  return config.providerOrder.map((name) => create[name]());
}
