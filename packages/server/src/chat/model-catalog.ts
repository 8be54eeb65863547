import type { Model, ModelList } from '@nova-chat/client/protocol';
import { ApiError } from '../errors/api-error.js';
import type { Provider } from '../providers/provider.js';

/** One provider call that may answer a request. */
export interface Candidate {
  provider: Provider;
  /** The provider's own name of the model. */
  model: string;
}

/** What can be asked for, and who answers it. */
export interface ModelCatalog {
  list(): ModelList;
  /** Throws an `ApiError` 404 `model_not_found`. */
  find(id: string): Model;
  /**
   * Who may answer, in the order of the configuration. No model, `auto` and `default` mean every provider with its
   * default model; `provider/model` and a bare model id mean just that. Throws an `ApiError` 404 `model_not_found`.
   */
  candidates(model: string | undefined): readonly Candidate[];
}

const anyModel = new Set(['', 'auto', 'default']);

/** Creates the catalog of the given providers; their order is the order of fallback. */
export function createModelCatalog(providers: readonly Provider[]): ModelCatalog {
  const created = Math.floor(Date.now() / 1000);
  const models: Model[] = [{ id: 'auto', object: 'model', created, owned_by: 'nova-chat' }];
  const byName = new Map<string, Candidate[]>();
  const defaults: Candidate[] = [];
  for (const provider of providers) {
    for (const [index, model] of provider.models.entries()) {
      const candidate = { provider, model };
      if (index === 0) defaults.push(candidate);
      models.push({ id: `${provider.name}/${model}`, object: 'model', created, owned_by: provider.name });
      for (const name of [`${provider.name}/${model}`, model]) {
        byName.set(name, [...(byName.get(name) ?? []), candidate]);
      }
    }
  }

  return {
    list: () => ({ object: 'list', data: models }),
    find(id) {
      const model = models.find((entry) => entry.id === id);
      if (!model) throw modelNotFound(id);
      return model;
    },
    candidates(model = '') {
      if (anyModel.has(model)) return defaults;
      const named = byName.get(model);
      if (!named) throw modelNotFound(model);
      return named;
    },
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
