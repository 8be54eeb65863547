/** Stands in where a turn of the user is needed and the caller sent none; it must not be blank. */
export const placeholderTurn = '.';

/** Follows an answer that is to be continued, for models that reject a conversation which ends with their own turn. */
export const continueTurn = 'Go on exactly where your last message stops. Do not repeat any of it.';
