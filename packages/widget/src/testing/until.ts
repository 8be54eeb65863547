/** Waits, for five seconds at most, until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 200 && !isSo(); round += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  if (!isSo()) throw new Error(`It did not come to ${isSo}.`);
}
