/** Where the loader stands in the page, so that a second script tag starts no second one. */
export const loaderKey: unique symbol = Symbol.for('nova-chat.embed');
