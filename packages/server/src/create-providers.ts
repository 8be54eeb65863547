import type { Pool } from '@nova-chat/client/node';
import type { ServerConfig, VendorConfig, VendorKind } from './config/load-config.js';
import type { SiteContent } from './content/site-content.js';
import { createAnthropicProvider } from './providers/anthropic/anthropic-provider.js';
import { createGeminiProvider } from './providers/gemini/gemini-provider.js';
import { createOllamaProvider } from './providers/ollama/ollama-provider.js';
import { createOpenAiProvider } from './providers/openai/openai-provider.js';
import type { Provider } from './providers/provider.js';
import type { VendorProviderOptions } from './providers/shared/create-vendor-provider.js';
import { prepareSiteProvider } from './providers/site/site-provider.js';

const creators: Record<VendorKind, (options: VendorProviderOptions & Pick<VendorConfig, 'name'>) => Provider> = {
  anthropic: createAnthropicProvider,
  openai: createOpenAiProvider,
  gemini: createGeminiProvider,
  ollama: createOllamaProvider,
};

/** Creates the configured providers. */
export function createProviders(
  config: ServerConfig,
  { pool, content }: { pool: Pool; content: SiteContent },
): Promise<Provider[]> {
  return Promise.all(
    config.providers.map((provider) =>
      provider.kind === 'site'
        ? prepareSiteProvider({ content })
        : creators[provider.kind]({ ...provider, timeouts: config.timeouts, pool }),
    ),
  );
}
