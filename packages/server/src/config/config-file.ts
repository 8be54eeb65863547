import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { envVariables, isBaseUrl, modelPattern, namePattern } from './env-variables.js';
import { type Environment, readVariable } from './read-variable.js';
import { type VendorKind, vendorKinds } from './vendor-kinds.js';

const name = z.string().regex(namePattern).describe('Letters, digits, dots, dashes and underscores.');
const model = z.string().regex(modelPattern, 'expected a model id without spaces');

const provider = z
  .strictObject({
    kind: z.enum(vendorKinds).describe('Whose API it speaks.'),
    baseUrl: z
      .string()
      .refine(isBaseUrl, 'expected an http(s) URL without user, query or fragment')
      .optional()
      .describe("Where it is. Default: the kind's own address."),
    apiKeyEnv: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, such as GROQ_API_KEY')
      .optional()
      .describe('Name of the environment variable that holds the key; the key itself never stands in this file.'),
    models: z.array(model).min(1).optional().describe('What may be asked of it; the first is its default.'),
  })
  .describe('One provider that writes answers.');

const target = z
  .strictObject({
    provider: name.describe('A provider of this file, or claude, openai, gemini, ollama or site.'),
    model: model.optional().describe("Default: the provider's first."),
  })
  .describe('Who may answer.');

const configFile = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this schema, for editors.'),
    providers: z.record(name, provider).default({}).describe('More providers, by name.'),
    models: z
      .record(name, z.array(target).min(1))
      .default({})
      .describe('Aliases: what a request may name as its model, each with the targets in the order of fallback.'),
  })
  .describe('Providers and models of a Nova Chat server.');

/** The file that `NOVA_CONFIG` names. */
export const configFileSchema: z.ZodType<ConfigFile> = configFile;

/** A provider of the file. */
export interface NamedProvider {
  kind: VendorKind;
  baseUrl?: string | undefined;
  apiKeyEnv?: string | undefined;
  models?: string[] | undefined;
}

export interface ConfigFile {
  $schema?: string | undefined;
  providers: Record<string, NamedProvider>;
  models: Record<string, { provider: string; model?: string | undefined }[]>;
}

/** The file, and how to say where in it something is wrong. */
export interface LoadedFile extends ConfigFile {
  problem(path: readonly PropertyKey[], what: string): ConfigError;
}

/** Reads and checks the file that `NOVA_CONFIG` names; without one there is nothing in it. */
export function loadConfigFile(env: Environment): LoadedFile {
  const given = readVariable(env, 'NOVA_CONFIG');
  const problem: LoadedFile['problem'] = (path, what) => new ConfigError(`${given}: ${toPath(path)}${what}`);
  if (given === '') return { providers: {}, models: {}, problem };
  const parsed = configFileSchema.safeParse(parseFile(given));
  if (parsed.success) return { ...parsed.data, problem };
  const issue = parsed.error.issues[0];
  throw problem(issue?.path ?? [], describe(issue));
}

function parseFile(given: string): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(given), 'utf8');
  } catch (error) {
    const { must, example } = envVariables.NOVA_CONFIG;
    const why = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    throw new ConfigError(
      `NOVA_CONFIG must be ${must}, and ${resolve(given)} cannot (${why}), for example NOVA_CONFIG=${example}`,
    );
  }
  if (text.trim() === '') throw new ConfigError(`${given}: is empty; the least that it may hold is {}`);
  try {
    // Editors on Windows put a mark before the first character.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser's own message quotes the file, which may hold a key that does not belong there.
    const [place] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw new ConfigError(`${given}: is not JSON${place === undefined ? '' : ` (${place})`}`);
  }
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    const members = Object.keys(toObject(issue.path).shape).filter((key) => key !== '$schema');
    return `has no member ${issue.keys.map((key) => `"${key}"`).join(', ')}; it may have ${members.join(', ')}`;
  }
  if (issue?.code === 'invalid_value')
    return `expected one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
  if (issue?.code === 'too_small') return 'is empty: name at least one';
  if (issue?.code === 'invalid_key') return 'is no name: use letters, digits, dots, dashes and underscores';
  // Zod's words for a format repeat the pattern and never the value.
  return (issue?.message ?? 'is invalid').replace(/^Invalid/, 'invalid').replace('expected record', 'expected object');
}

/** What stands at a path of the file that holds members of fixed names. */
function toObject([first]: readonly PropertyKey[]): z.ZodObject {
  if (first === undefined) return configFile;
  return first === 'providers' ? provider : target;
}

/** `['models', 'default', 0, 'provider']` as `models.default[0].provider: `. */
function toPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key).slice(0, 80)}`,
    )
    .join('');
  return text === '' ? '' : `${text}: `;
}
