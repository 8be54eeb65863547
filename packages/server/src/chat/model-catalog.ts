import type { Model, ModelList } from '@nova-chat/client/protocol';
import { ApiError } from '../errors/api-error.js';
import type { Provider } from '../providers/provider.js';

/** One provider call that may answer a request. */
export interface Candidate {
  provider: Provider;
  /** The provider's own name of the model. */
  model: string;
}

/** The models that can be asked for, and the candidates behind each. */
export interface ModelCatalog {
  /** What can be asked for, each target once under its full name. */
  list(): ModelList;
  /** Knows every name that `candidates` takes, those that answers carry too. Throws an `ApiError` 404 `model_not_found`. */
  find(id: string): Model;
  /**
   * The candidates, in the order in which they are tried. No model and `auto` leave it to the server; so does `default`
   * without an alias of that name. Otherwise an alias, `provider/model` or a bare model id. Throws an `ApiError` 404
   * `model_not_found`.
   */
  candidates(model: string | undefined): readonly Candidate[];
  /** Everything that can answer anything, each once. */
  targets(): readonly Candidate[];
}

/** A target by name, as the configuration has it. */
export interface NamedTarget {
  provider: string;
  model: string;
}

export interface ModelCatalogOptions {
  providers: readonly Provider[];
  /** The candidates when a request leaves the choice to the server. Default: every provider with its first model. */
  auto?: readonly NamedTarget[] | undefined;
  aliases?: Readonly<Record<string, readonly NamedTarget[]>> | undefined;
}

/** Creates the catalog of the given providers. Throws a `TypeError` for a target that none of them has. */
export function createModelCatalog({ providers, auto, aliases = {} }: ModelCatalogOptions): ModelCatalog {
  const created = Math.floor(Date.now() / 1000);
  const toModel = (id: string, owner: string): Model => ({ id, object: 'model', created, owned_by: owner });
  const all = providers.flatMap((provider) => provider.models.map((model) => ({ provider, model })));
  const toCandidate = (target: NamedTarget): Candidate => {
    const found = all.find(({ provider, model }) => provider.name === target.provider && model === target.model);
    if (!found) throw new TypeError(`No provider ${target.provider} with a model ${target.model}.`);
    return found;
  };
  const first = providers.flatMap((provider) => all.find((candidate) => candidate.provider === provider) ?? []);
  const free = auto?.map(toCandidate) ?? first;

  const byName = new Map<string, readonly Candidate[]>();
  const models: Model[] = [toModel('auto', 'nova-chat')];
  for (const name of ['', 'auto', 'default']) byName.set(name, free);
  for (const [alias, targets] of Object.entries(aliases)) {
    byName.set(alias, targets.map(toCandidate));
    models.push(toModel(alias, 'nova-chat'));
  }
  const chosen = new Set(byName.keys());
  for (const candidate of all) {
    const name = `${candidate.provider.name}/${candidate.model}`;
    models.push(toModel(name, candidate.provider.name));
    byName.set(name, [candidate]);
  }
  // A full name is that of one target, also where another provider calls a model so, as OpenRouter does.
  const taken = new Set(byName.keys());
  for (const candidate of all) {
    const { model } = candidate;
    if (!taken.has(model)) byName.set(model, [...(byName.get(model) ?? []), candidate]);
  }

  return {
    list: () => ({ object: 'list', data: models }),
    find(id) {
      const model = models.find((entry) => entry.id === id);
      if (model) return model;
      const [candidate] = byName.get(id) ?? [];
      if (id === '' || !candidate) throw modelNotFound(id);
      return toModel(id, chosen.has(id) ? 'nova-chat' : candidate.provider.name);
    },
    candidates(model = '') {
      const named = byName.get(model);
      if (!named) throw modelNotFound(model);
      return named;
    },
    targets: () => all,
  };
}

function modelNotFound(id: string): ApiError {
  return new ApiError({
    status: 404,
    code: 'model_not_found',
    param: 'model',
    message: `The model '${id.slice(0, 100)}' does not exist. GET /v1/models lists what can be asked for.`,
  });
}
