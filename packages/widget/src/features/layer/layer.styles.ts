import { type CSSResult, css } from 'lit';

/** In the top layer an element has a box, which its contents are laid out without. */
export const layerStyles: CSSResult = css`
  :host([popover]) {
    position: fixed;
    inset: 0 auto auto 0;
    inline-size: 0;
    block-size: 0;
    margin: 0;
    border: 0;
    padding: 0;
    overflow: visible;
    background: none;
  }
`;
