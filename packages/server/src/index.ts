export { type AppOptions, createApp } from './app.js';
export {
  type CallTimeouts,
  ConfigError,
  loadConfig,
  type ProviderConfig,
  type ProvidersConfig,
  type ServerConfig,
  type SiteConfig,
  type TargetConfig,
  type VendorConfig,
  type VendorKind,
} from './config/load-config.js';
export {
  type LoadContentOptions,
  loadContent,
  type SiteContent,
  SiteContentError,
  type SiteDocument,
} from './content/load-content.js';
export { ApiError, type ApiErrorOptions, type AttemptReport } from './errors/api-error.js';
export { createDrain, type Drain } from './http/drain.js';
export { loadStaticFiles, type StaticFile, type StaticFiles } from './http/static-files.js';
export { createLogger, type Logger } from './observe/create-logger.js';
export { type LoadPicturesOptions, loadPictures } from './pages/load-pictures.js';
export { createPageLibrary, type PageLibrary, type PageLibraryOptions } from './pages/page-library.js';
export { type AnthropicProviderOptions, createAnthropicProvider } from './providers/anthropic/anthropic-provider.js';
export { createGeminiProvider } from './providers/gemini/gemini-provider.js';
export { createOllamaProvider } from './providers/ollama/ollama-provider.js';
export { createOpenAiProvider } from './providers/openai/openai-provider.js';
export type { Provider, ProviderCall, ProviderChunk, Refusal } from './providers/provider.js';
export type { VendorProviderOptions } from './providers/shared/create-vendor-provider.js';
export { createSiteProvider, type SiteProviderOptions } from './providers/site/site-provider.js';
export { type RunningServer, type StartOptions, startServer } from './start-server.js';
