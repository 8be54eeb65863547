/** The event that says that what stands in the input, words and files, goes along into the conversation that comes next. */
export const draftMoves = 'nova-draft-moves';
