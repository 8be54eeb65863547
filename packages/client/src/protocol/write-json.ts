const patched = [Array.prototype, Object.prototype];

/**
 * Writes JSON like `JSON.stringify`, whatever the page has done to it: libraries of old give a `toJSON` to all arrays, which
 * makes texts of them.
 */
export function writeJson(value: unknown, space?: number): string {
  const foreign = patched.map((prototype) => Object.getOwnPropertyDescriptor(prototype, 'toJSON'));
  for (const prototype of patched) Reflect.deleteProperty(prototype, 'toJSON');
  try {
    return JSON.stringify(value, null, space);
  } finally {
    // The page goes on with what it has.
    foreign.forEach((own, index) => {
      if (own) Object.defineProperty(patched[index], 'toJSON', own);
    });
  }
}
