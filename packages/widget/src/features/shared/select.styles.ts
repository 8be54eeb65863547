import { type CSSResult, css } from 'lit';

/** Lists of choices, with an arrow of their own: the one of WebKit comes with a frame that no border or colour changes. */
export const selectStyles: CSSResult = css`
  /* In forced colours nothing drawn is shown, and the arrow of the browser is. */
  @media (forced-colors: none) {
    .root select {
      appearance: none;
      padding-inline-end: 26px;
      background-image:
        linear-gradient(45deg, transparent 42%, currentcolor 0 58%, transparent 0),
        linear-gradient(-45deg, transparent 42%, currentcolor 0 58%, transparent 0);
      background-position:
        right 15px center,
        right 11px center;
      background-repeat: no-repeat;
      background-size: 5px 5px;
    }
    .root select:dir(rtl) {
      background-position:
        left 11px center,
        left 15px center;
    }
  }
`;
