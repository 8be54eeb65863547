import { type CSSResult, css } from 'lit';

/** One quiet line above the answer, and behind it the thoughts. */
export const reasoningStyles: CSSResult = css`
  .reasoning {
    margin-block-end: 6px;
    color: var(--_muted);
    font-size: 14px;
  }
  .thought {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 28px;
    margin-inline-start: -4px;
    padding-inline-end: 8px;
    border-radius: 8px;
  }
  .thought:hover {
    color: var(--_fg);
  }
  .thought .icon {
    inline-size: 16px;
    block-size: 16px;
    transition: rotate 0.15s;
  }
  .thought:dir(rtl) .icon {
    rotate: 180deg;
  }
  .reasoning .thought[aria-expanded='true'] .icon {
    rotate: 90deg;
  }
  .thinks span {
    animation: nova-pulse 2s infinite ease-in-out;
  }
  .reasoning ~ .thinking {
    display: none;
  }
  .thoughts {
    margin-block: 4px 10px;
    margin-inline-start: 3px;
    border-inline-start: 2px solid var(--_line);
    padding-inline-start: 14px;
    overflow-wrap: anywhere;
  }
  .thoughts p {
    margin-block: 0 8px;
    white-space: pre-wrap;
  }
  .thoughts p:last-child {
    margin-block-end: 0;
  }
  @media (max-width: 480px), (hover: none) {
    .thought {
      min-block-size: 44px;
      margin-block: -8px;
    }
  }
`;
