import { ConfigError } from './config-error.js';
import { type LoadedFile, loadConfigFile, type NamedProvider } from './config-file.js';
import { envVariables, keyPattern, trimSlashes } from './env-variables.js';
import { type Environment, isSet, readVariable, type VariableName } from './read-variable.js';
import { type VendorKind, vendorUrls } from './vendor-kinds.js';

export type { VendorKind } from './vendor-kinds.js';

/** A provider that is asked over the network. */
export interface VendorConfig {
  kind: VendorKind;
  name: string;
  /** Without a slash at the end. */
  baseUrl: string;
  apiKey: string | undefined;
  /** The first is the default. */
  models: readonly string[];
}

/** A provider to create; `site` is the embedded one. */
export type ProviderConfig = VendorConfig | { kind: 'site'; name: 'site'; models: readonly string[] };

/** One provider with one of its models. */
export interface TargetConfig {
  provider: string;
  model: string;
}

/** The providers, and the names under which they can be asked for. */
export interface ProvidersConfig {
  providers: readonly ProviderConfig[];
  /** The providers of a request that leaves the choice to the server, in order. */
  auto: readonly TargetConfig[];
  /** What else a request may name as its model. */
  aliases: Readonly<Record<string, readonly TargetConfig[]>>;
}

interface BuiltIn {
  kind: VendorKind;
  /** What its variables begin with. */
  prefix: 'ANTHROPIC' | 'OPENAI' | 'GEMINI' | 'OLLAMA';
  /** Any of them being set puts the provider into the default order. */
  listedWith: VariableName[];
  /** One of them must be set when `PROVIDER_ORDER` or an alias names it. */
  needs: VariableName[];
}

/** In the default order. A base URL of OpenAI's alone is a server that takes no key. */
const builtIn: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  [
    'claude',
    {
      kind: 'anthropic',
      prefix: 'ANTHROPIC',
      listedWith: ['ANTHROPIC_API_KEY'],
      needs: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
    },
  ],
  [
    'openai',
    {
      kind: 'openai',
      prefix: 'OPENAI',
      listedWith: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
      needs: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
    },
  ],
  [
    'gemini',
    {
      kind: 'gemini',
      prefix: 'GEMINI',
      listedWith: ['GEMINI_API_KEY'],
      needs: ['GEMINI_API_KEY', 'GEMINI_BASE_URL'],
    },
  ],
  ['ollama', { kind: 'ollama', prefix: 'OLLAMA', listedWith: ['OLLAMA_BASE_URL', 'OLLAMA_MODEL'], needs: [] }],
]);

/** The kind is taken for the name, too. */
const toName = (given: string): string => (given === 'anthropic' ? 'claude' : given);

/** Reads the providers from the variables and from the file of `NOVA_CONFIG`. Throws a `ConfigError`. */
export function loadProviders(env: Environment): ProvidersConfig {
  const file = loadConfigFile(env);
  checkNames(file);
  const order = readOrder(env, file);
  const targeted = Object.values(file.models).flat();
  const names = new Set([...order, ...targeted.map(({ provider }) => toName(provider))]);
  const configs = new Map<string, ProviderConfig>();
  for (const name of names) {
    const asked = targeted.flatMap(({ provider, model }) => (toName(provider) === name && model ? [model] : []));
    // An unknown name is reported with its path in the file, by `toAliases`.
    if (isKnown(name, file)) configs.set(name, createConfig(name, { env, file, asked }));
  }
  const aliases = toAliases(file, configs);
  const first = (name: string): TargetConfig => ({ provider: name, model: configs.get(name)?.models[0] ?? '' });
  return { providers: [...configs.values()], auto: aliases['default'] ?? order.map(first), aliases };
}

/**
 * Names the variables of providers that nobody asks because another one is missing: a line each, for whoever starts the
 * server. An order that leaves a provider out is meant.
 */
export function listIdleVariables({ providers }: ProvidersConfig, env: Environment = process.env): string[] {
  if (isSet(env, 'PROVIDER_ORDER')) return [];
  return [...builtIn].flatMap(([name, { prefix, listedWith }]) => {
    if (providers.some((provider) => provider.name === name)) return [];
    return [`${prefix}_BASE_URL`, `${prefix}_MODEL`]
      .filter((variable) => isSet(env, variable))
      .map((variable) => `${variable} changes nothing: ${name} is asked when ${listedWith.join(' or ')} is set`);
  });
}

function checkNames(file: LoadedFile): void {
  for (const name of Object.keys(file.providers)) {
    if (builtIn.has(name) || name === 'site' || name === 'anthropic') {
      throw file.problem(['providers', name], 'is configured by environment variables; choose another name');
    }
  }
  if (Object.hasOwn(file.models, 'auto')) {
    throw file.problem(['models', 'auto'], 'is what the server chooses; call the alias default');
  }
}

function toAliases(file: LoadedFile, configs: ReadonlyMap<string, ProviderConfig>): ProvidersConfig['aliases'] {
  const aliases = Object.entries(file.models).map(([alias, targets]) => {
    const own = targets.map(({ provider, model }, index): TargetConfig => {
      const config = configs.get(toName(provider));
      if (!config) {
        const what = `there is no provider ${provider}; there are ${toKnown(file).join(', ')}`;
        throw file.problem(['models', alias, index, 'provider'], what);
      }
      if (config.kind === 'site' && model !== undefined && model !== 'site') {
        throw file.problem(['models', alias, index, 'model'], 'the provider site has one model, site');
      }
      return { provider: config.name, model: model ?? config.models[0] ?? '' };
    });
    return [alias, own];
  });
  return Object.fromEntries(aliases) as ProvidersConfig['aliases'];
}

function isKnown(name: string, file: LoadedFile): boolean {
  return name === 'site' || builtIn.has(name) || Object.hasOwn(file.providers, name);
}

function toKnown(file: LoadedFile): string[] {
  return [...builtIn.keys(), 'site', ...Object.keys(file.providers)];
}

function readOrder(env: Environment, file: LoadedFile): readonly string[] {
  const given = readVariable(env, 'PROVIDER_ORDER').map(toName);
  const unknown = given.findIndex((name) => !isKnown(name, file));
  if (unknown >= 0) {
    // By its place and not by its words, which may be a key that was put into the wrong variable.
    const which = `entry ${unknown + 1} of ${given.length}`;
    throw new ConfigError(
      `PROVIDER_ORDER must be a list of providers, and ${which} is none of ${toKnown(file).join(', ')}, ` +
        `for example PROVIDER_ORDER=${envVariables.PROVIDER_ORDER.example}`,
    );
  }
  if (given.length > 0) return given;
  const listed = [...builtIn].filter(([, { listedWith }]) => listedWith.some((name) => isSet(env, name)));
  return [...listed.map(([name]) => name), ...Object.keys(file.providers), 'site'];
}

interface Sources {
  env: Environment;
  file: LoadedFile;
  /** Models that aliases ask of it. */
  asked: readonly string[];
}

function createConfig(name: string, { env, file, asked }: Sources): ProviderConfig {
  if (name === 'site') return { kind: 'site', name, models: ['site'] };
  const own = builtIn.get(name);
  if (own) return createBuiltIn(name, own, { env, file, asked });
  const { kind, baseUrl, apiKeyEnv, models = [] } = file.providers[name] as NamedProvider;
  const all = unique([...models, ...asked]);
  if (all.length === 0) {
    throw file.problem(['providers', name], 'has no model: list its models, or name one in an alias');
  }
  return {
    kind,
    name,
    baseUrl: trimSlashes(baseUrl ?? vendorUrls[kind]),
    apiKey: apiKeyEnv === undefined ? undefined : readNamedKey(apiKeyEnv, name, { env, file }),
    models: all,
  };
}

function createBuiltIn(name: string, { kind, prefix, needs }: BuiltIn, { env, asked }: Sources): VendorConfig {
  const [key, url] = needs;
  if (key && url && !isSet(env, key) && !isSet(env, url)) {
    throw new ConfigError(
      `${key} must be set because PROVIDER_ORDER or NOVA_CONFIG names ${name}, for example ` +
        `${key}=${envVariables[key].example} (or ${url}=http://127.0.0.1:8080/v1 for a server that takes no key)`,
    );
  }
  return {
    kind,
    name,
    baseUrl: trimSlashes(readVariable(env, `${prefix}_BASE_URL`)),
    apiKey: prefix === 'OLLAMA' ? undefined : readVariable(env, `${prefix}_API_KEY`) || undefined,
    models: unique([...readVariable(env, `${prefix}_MODEL`), ...asked]),
  };
}

function readNamedKey(variable: string, name: string, { env, file }: Pick<Sources, 'env' | 'file'>): string {
  const path = ['providers', name, 'apiKeyEnv'];
  const key = env[variable]?.trim() ?? '';
  if (key === '') throw file.problem(path, `the variable ${variable} is not set`);
  if (!keyPattern.test(key))
    throw file.problem(
      path,
      `the variable ${variable} holds more than visible ASCII characters, or quotes around them`,
    );
  return key;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
