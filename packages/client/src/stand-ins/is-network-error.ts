// p-retry asks this of a `TypeError`, and by that time the client has made a `NovaError` of each one that can be retried.
// biome-ignore lint/style/noDefaultExport: p-retry imports it so.
export default function isNetworkError(): boolean {
  return false;
}
