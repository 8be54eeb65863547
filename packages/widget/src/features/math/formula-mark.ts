/** What stands in a text in the place of a formula: characters that no text has, around its number. */
export const toMark = (index: number): string => `\ue000${index}\ue001`;

export const marks: RegExp = /\ue000(\d+)\ue001/g;

/** Takes away what only marks may have. */
export const withoutMarks = (text: string): string => text.replace(/[\ue000\ue001]/g, '\ufffd');
