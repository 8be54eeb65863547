/** What the script tag says. */
export interface EmbedSettings {
  /** Attributes of `<nova-chat>`: every `data-nova-…`; it does not look at those that are for the loader. */
  attributes: ReadonlyMap<string, string>;
  accent: string | undefined;
  /**
   * When the chat itself is loaded: `idle`, `visible`, or with any other word when the visitor reaches for the launcher,
   * which is there at once. Default: `visible` for an inline chat.
   */
  load: string;
  isInline: boolean;
  /** Selector of the element that an inline chat is put into. Default: where the script tag is. */
  target: string | undefined;
}

const prefix = 'data-nova-';

/**
 * Reads the attributes of the script tag, which win over `config`, the options of a file by the names of attributes. The
 * endpoint is, by default, the host that the script came from.
 */
export function readEmbedSettings(script: HTMLScriptElement, config: object = {}): EmbedSettings {
  const attributes = new Map([['endpoint', new URL(script.src).origin]]);
  for (const [name, value] of Object.entries(config)) {
    if (value !== false) attributes.set(name.toLowerCase(), toAttribute(value));
  }
  for (const { name, value } of script.attributes) {
    if (name.startsWith(prefix)) attributes.set(name.slice(prefix.length), value);
  }
  const isInline = attributes.get('mode') === 'inline';
  return {
    attributes,
    isInline,
    accent: attributes.get('accent'),
    load: attributes.get('load') ?? (isInline ? 'visible' : ''),
    target: attributes.get('target'),
  };
}

function toAttribute(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === true ? '' : JSON.stringify(value);
}
