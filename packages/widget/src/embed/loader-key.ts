/** In the tab's storage: the chat was open, or an answer under way, when the page before this one was left. */
export const awaitedKey = 'nova-chat';

/** Where the loader stands in the page, so that a second script tag starts no second one. */
export const loaderKey: unique symbol = Symbol.for(awaitedKey);
