/**
 * Properties of objects that no page, no server and no string ever gets to know: they are short in the script tag's
 * files. A name belongs here only when all that uses it is bundled. The build refuses one that is a string somewhere or
 * is set by a template.
 */
export const privateNames: readonly string[] = [
  // The loader's own, and what the core takes from it
  ...['importCore', 'isInline', 'launcherCss', 'launcherIconPath', 'setState'],
  // marked
  ...['blockTokens', 'emStrong', 'inlineQueue', 'inlineText', 'inlineTokens', 'inRawBlock'],
  ...[
    'autolink',
    'lexer',
    'escaped',
    'loose',
    'infiniteLoopError',
    'lastPossibleDelCloserIndex',
    'lastPossibleEmStrongCloserIndex',
    'lastToken',
    'lheading',
  ],
  ...['linkEmitted', 'linkInText', 'linkParenPossible', 'maskedSrc', 'reflink', 'tokenizer'],
  // Lit
  ...[
    'addInitializer',
    'createRenderRoot',
    'hasUpdated',
    'renderOptions',
    'converter',
    'reflect',
    'createProperty',
    'creationScope',
    'elementStyles',
    'enableUpdating',
    'finalizeStyles',
  ],
  ...[
    'firstUpdated',
    'fromAttribute',
    'getPropertyDescriptor',
    'getPropertyOptions',
    'getUpdateComplete',
    'hasChanged',
  ],
  ...['isUpdatePending', 'noAccessor', 'performUpdate', 'renderBefore', 'scheduleUpdate', 'setConnected'],
  ...['shadowRootOptions', 'shouldUpdate', 'toAttribute', 'useDefault', 'willUpdate'],
  ...['addController', 'hostConnected', 'hostDisconnected', 'hostUpdate', 'hostUpdated'],
  // eventsource-parser
  ...['maxBufferSize', 'onEvent'],
  // p-retry
  ...['attemptNumber', 'retriesConsumed', 'retriesLeft', 'retryDelay'],
  // The client's own
  ...['deposit', 'hasBegun', 'shouldRetry', 'resumeAfter', 'isPinned', 'lexQueuedInline', 'mayRetry'],
  ...['answerId', 'deadline', 'firstEventMs', 'headersTimeoutMs', 'maxBodyLength', 'maxEventLength', 'maxRetryAfterMs'],
  ...['openers', 'openRun', 'readUntil', 'scrollToEnd', 'unmatchedTicks', 'withdraw'],
  ...['dispatch', 'headersMs', 'idleMs', 'isComplete', 'linger', 'retries', 'timeouts', 'totalMs', 'unbound'],
  // The widget's own
  ...[
    'blocks',
    'canRetry',
    'cutAt',
    'focusButton',
    'inLink',
    'isError',
    'isReady',
    'isRequired',
    'isWanted',
    'isWhole',
    'spoken',
    'onConnect',
    'onDisconnect',
    'samePage',
    'seenPx',
    'stopFollowing',
    'unpin',
    'unterminated',
    'whenReady',
  ],
];
