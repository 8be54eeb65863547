import type { Usage } from '@nova-chat/client/protocol';

/** Adds up what two calls cost, details included. */
export function addUsage(one: Usage, other: Usage): Usage {
  return addNumbers(one, other) as Usage;
}

function addNumbers(one: object, other: object): object {
  const sum: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const known = sum[name];
    if (typeof value === 'number') sum[name] = value + (typeof known === 'number' ? known : 0);
    else if (value && typeof value === 'object') {
      sum[name] = known && typeof known === 'object' ? addNumbers(known, value) : value;
    }
  }
  return sum;
}
