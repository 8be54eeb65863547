import { type CSSResult, css } from 'lit';

/**
 * A reader who has left the end, which a button leads back to, keeps their place when the text above it is laid out
 * again: a phone is turned, an image has come. Where the end is followed, the chat scrolls by itself.
 */
export const placeStyles: CSSResult = css`
  .log:has(+ .jump) {
    overflow-anchor: auto;
  }
`;
