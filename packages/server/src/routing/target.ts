/** One provider with one of its models: what a breaker and its figures are kept for. From the configuration, so few. */
export interface Target {
  provider: { readonly name: string };
  /** The provider's own name of the model. */
  model: string;
}

/** Names a target in maps and in Redis. Provider names have no slash, so two targets never share a key. */
export function toTargetKey({ provider, model }: Target): string {
  return `${provider.name}/${model}`;
}
