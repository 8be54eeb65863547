import { type CSSResult, css } from 'lit';

/** Formulas. */
export const mathStyles: CSSResult = css`
  .formula {
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
  }
  .formula.display {
    display: block;
    margin-block: 0.5em;
    overflow: auto hidden;
    text-align: center;
    white-space: pre-wrap;
  }
  .formula math {
    font-size: 1.1em;
    white-space: normal;
  }
  .formula mtd.left {
    text-align: left;
  }
  .formula mtd.right {
    text-align: right;
  }
  .formula mtd.tight {
    padding-inline: 0;
  }
  .formula menclose[notation~='box'] {
    border: 1px solid;
    padding: 0.2em;
  }
  .formula menclose[notation~='horizontalstrike'],
  .formula menclose[notation~='updiagonalstrike'],
  .formula menclose[notation~='downdiagonalstrike'] {
    background: linear-gradient(to top right, #0000 48%, currentcolor 48% 52%, #0000 52%);
  }
`;
