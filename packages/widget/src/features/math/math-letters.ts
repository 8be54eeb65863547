/** First code points of `A`, `a`, `Α`, `α` and `0` in the block of Mathematical Alphanumeric Symbols. */
const starts: Readonly<Record<string, readonly (number | undefined)[]>> = {
  bold: [0x1d400, 0x1d41a, 0x1d6a8, 0x1d6c2, 0x1d7ce],
  italic: [0x1d434, 0x1d44e, 0x1d6e2, 0x1d6fc],
  'bold-italic': [0x1d468, 0x1d482, 0x1d71c, 0x1d736],
  script: [0x1d49c, 0x1d4b6],
  fraktur: [0x1d504, 0x1d51e],
  'double-struck': [0x1d538, 0x1d552, undefined, undefined, 0x1d7d8],
  'sans-serif': [0x1d5a0, 0x1d5ba, undefined, undefined, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d756, 0x1d770, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622],
  monospace: [0x1d670, 0x1d68a, undefined, undefined, 0x1d7f6],
};

/** Letters that Unicode had before it had the block; their places in it are empty. */
const older: Readonly<Record<number, number>> = {
  119893: 0x210e,
  119965: 0x212c,
  119968: 0x2130,
  119969: 0x2131,
  119971: 0x210b,
  119972: 0x2110,
  119975: 0x2112,
  119976: 0x2133,
  119981: 0x211b,
  119994: 0x212f,
  119996: 0x210a,
  120004: 0x2134,
  120070: 0x212d,
  120075: 0x210c,
  120076: 0x2111,
  120085: 0x211c,
  120093: 0x2128,
  120122: 0x2102,
  120127: 0x210d,
  120133: 0x2115,
  120135: 0x2119,
  120136: 0x211a,
  120137: 0x211d,
  120145: 0x2124,
};

const ranges = ['AZ', 'az', 'ΑΩ', 'αω', '09'];

/** Gives the letters of `variant`: browsers follow MathML Core, which has no `mathvariant` but `normal`. */
export function toMathLetters(text: string, variant: string): string {
  return [...text]
    .map((letter) => {
      const range = ranges.findIndex(([first = '', last = '']) => letter >= first && letter <= last);
      const start = starts[variant]?.[range];
      if (start === undefined) return letter;
      const point = start + (letter.codePointAt(0) as number) - (ranges[range]?.codePointAt(0) as number);
      return String.fromCodePoint(older[point] ?? point);
    })
    .join('');
}
