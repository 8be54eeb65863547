/** The longest delay of a timer; a longer one would fire at once. */
export const maxTimerMs: number = 2 ** 31 - 1;
