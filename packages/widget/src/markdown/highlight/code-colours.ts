import { css } from 'lit';

const colours = css`
  .code-keyword {
    color: light-dark(#8a2bb0, #d7a3f5);
  }
  :is(.code-string, .code-added) {
    color: light-dark(#0f6b3c, #8fd9a8);
  }
  .code-number {
    color: light-dark(#9a4a00, #f0b27a);
  }
  .code-comment {
    color: var(--_muted);
    font-style: italic;
  }
  .code-title {
    color: light-dark(#1d4fc4, #93b8ff);
  }
  .code-name {
    color: light-dark(#0b6675, #7fd4e3);
  }
  .code-removed {
    color: var(--_bad);
  }
`;

/** Brings the colours of code into a shadow root, once. */
export function addCodeColours(root: Node): void {
  const sheet = colours.styleSheet;
  if (sheet && root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets.push(sheet);
}
