import { type CSSResult, css } from 'lit';

/** One message: the question's bubble, the answer's text, and what is said about how it ended. */
export const messageStyles: CSSResult = css`
  nova-message {
    display: block;
  }
  .message {
    overflow-wrap: break-word;
  }
  .user {
    flex-direction: column;
    display: flex;
    align-items: flex-end;
  }
  .user .bubble {
    max-inline-size: 85%;
    padding: 8px 14px;
    border: 1px solid transparent;
    border-radius: min(18px, var(--_radius));
    border-end-end-radius: min(6px, var(--_radius));
    background: var(--_tint);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .user.failed .bubble {
    border-color: var(--_line);
    background: none;
    color: var(--_muted);
  }
  [data-live]:not(ul, ol, hr, .block)::after,
  :is(ul, ol)[data-live] > li:last-child::after,
  .thinking i {
    content: '';
    display: inline-block;
    inline-size: 7px;
    block-size: 7px;
    margin-inline-start: 5px;
    border-radius: 50%;
    background: var(--_link);
    forced-color-adjust: none;
    animation: nova-pulse 1.2s infinite ease-in-out;
  }
  .thinking {
    display: flex;
    align-items: center;
    gap: 5px;
    block-size: 24px;
  }
  .thinking i {
    margin: 0;
  }
  .thinking i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .thinking i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes nova-pulse {
    50% {
      opacity: 0.3;
    }
  }
  p.quiet {
    margin: 8px 0 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-block-start: 10px;
    color: var(--_muted);
    font-size: 14px;
  }
  .user .notice {
    justify-content: flex-end;
    text-align: end;
  }
  .notice.bad {
    color: var(--_bad);
  }
  .retry {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-block-size: 34px;
    padding: 4px 13px;
    border: 1px solid var(--_line);
    border-radius: 22px;
    color: var(--_fg);
    font-weight: 500;
  }
  .retry:hover {
    background: var(--_soft);
  }
  .retry .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  [aria-disabled='true'] {
    cursor: default;
  }
  @media (max-width: 480px), (hover: none) {
    .retry {
      min-block-size: 44px;
    }
  }
`;
