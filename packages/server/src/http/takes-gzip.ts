/** Reads `Accept-Encoding` (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3): a weight of 0 means "not that one". */
export function takesGzip(accepted: string | undefined): boolean {
  const weights = new Map(accepted?.toLowerCase().split(',').map(readWeight));
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

function readWeight(entry: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [coding, weight === undefined ? 1 : Number(weight.slice(2))];
}
