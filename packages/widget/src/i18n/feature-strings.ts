import type { NovaStrings } from './nova-strings.js';

/** The words of the features, which are loaded with them. Loaded languages have them all, beside `NovaStrings`. */
export interface NovaFeatureStrings {
  // Words of more than one feature.
  cancel: string;
  save: string;
  remove: string;
}

/** The words of the features in English. */
export const englishFeatureStrings: NovaFeatureStrings = {
  cancel: 'Cancel',
  save: 'Save',
  remove: 'Remove',
};

/** Every word of the chat in one language. */
export type NovaWords = NovaStrings & NovaFeatureStrings;

/** Gives the words for a feature: the owner's, else the loaded language's, else English. */
export function featureWords({ words }: { readonly words: NovaStrings & Partial<NovaFeatureStrings> }): NovaWords {
  return { ...englishFeatureStrings, ...words };
}
