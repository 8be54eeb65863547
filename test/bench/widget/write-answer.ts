import { lastWords } from './benched-chat.js';

/** One of each thing that answers are made of. */
function toSection(number: number): string {
  return `## Part ${number}

Each part says a little **more** than the one before, with a [link](https://example.com/${number}) and \`code\` in it.

- The first thing to know about number ${number}
- The second, which is *longer*, so that it has to be broken into two lines
  - and one below it

| Name | Value |
| --- | ---: |
| parts | ${number} |
| total | ${number * 100} |

\`\`\`ts
export function part${number}(name: string): string {
  return \`part ${number} of \${name}\`;
}
\`\`\`

> What is said here has been said by someone else.

1. Begin
2. Go on

`;
}

/** A Markdown answer of a length in characters. */
export function writeAnswer(length: number): string {
  let text = '';
  for (let number = 1; text.length < length - lastWords.length; number += 1) text += toSection(number);
  // Cut where a section ends, so that nothing is left open.
  return `${text}${lastWords}`;
}

/** Questions and answers in turns, as a chat has kept them. */
export function writeMessages(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 2 === 0) return `What about number ${index}?`;
    const text = `It is **${index}**, and no more. See [the page](https://example.com/${index}).\n\n- one\n- two`;
    return index === count - 1 ? `${text}\n\n${lastWords}` : text;
  });
}
