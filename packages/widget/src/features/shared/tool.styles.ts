import { type CSSResult, css } from 'lit';

/** Small quiet buttons at a message: hidden at older ones until a pointer or the focus is there. */
export const toolStyles: CSSResult = css`
  .tools {
    display: inline-flex;
    align-items: center;
    vertical-align: top;
    margin-block: 4px -6px;
    margin-inline-start: -7px;
    color: var(--_muted);
    transition: opacity 0.15s;
  }
  .tools ~ .tools {
    margin-inline-start: 4px;
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    border-radius: 9px;
  }
  .tool .icon {
    inline-size: 17px;
    block-size: 17px;
    stroke-width: 1.75;
  }
  .tool:focus-visible {
    outline-offset: -2px;
  }
  .tool:hover {
    background: var(--_soft);
    color: var(--_fg);
  }
  .tool[aria-disabled='true'] {
    background: none;
    color: color-mix(in oklab, var(--_fg) 30%, var(--_bg));
  }
  .assistant:is(.sending, .streaming) {
    padding-block-end: 28px;
  }
  @media (hover: hover) {
    nova-message:not(:last-child) .message:not(:hover, :focus-within) .tools:not(.stays) {
      opacity: 0;
      pointer-events: none;
    }
  }
  @media (max-width: 480px), (hover: none) {
    .tools {
      margin-block: 0 -12px;
      margin-inline-start: -13px;
    }
    .tool {
      inline-size: 44px;
      block-size: 44px;
    }
    .assistant:is(.sending, .streaming) {
      padding-block-end: 32px;
    }
  }
  @media print {
    .tools {
      display: none;
    }
  }
`;
