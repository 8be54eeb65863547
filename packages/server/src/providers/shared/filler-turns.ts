/** Stands in where a turn of the user is needed and the caller sent none; it must not be blank. */
export const placeholderTurn = '.';

/** Stands behind an answer to be gone on with, for a model that takes no conversation which ends with its own turn. */
export const continueTurn = 'Go on exactly where your last message stops. Do not repeat any of it.';
