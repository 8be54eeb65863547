/** Counts what visitors got in spite of faults. */
export interface WordTally {
  /** Compares an answer word by word with what an unbroken run gives. */
  count(got: string, unbroken: string): void;
  /** In one line. */
  toString(): string;
  /** Nobody has missed or seen twice a single word. */
  isClean(): boolean;
}

export function createWordTally(): WordTally {
  const tally = { tried: 0, survived: 0, lost: 0, doubled: 0 };
  return {
    count(got, unbroken) {
      const [mine, theirs] = [toWords(got), toWords(unbroken)];
      tally.tried += 1;
      tally.survived += got === unbroken ? 1 : 0;
      tally.lost += countBeyond(theirs, mine);
      tally.doubled += countBeyond(mine, theirs);
    },
    toString: () =>
      `faults tried ${tally.tried} · survived ${tally.survived} · words lost ${tally.lost} · words doubled ${tally.doubled}`,
    isClean: () => tally.tried === tally.survived && tally.lost + tally.doubled === 0,
  };
}

function toWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function countBeyond(list: readonly string[], other: readonly string[]): number {
  const left = [...other];
  return list.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}
