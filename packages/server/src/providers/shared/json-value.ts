/** What stands in a provider's JSON is read by these, which take nothing for granted and never throw. */
import { isRecord } from '@nova-chat/client/protocol';

export { isRecord, parseJson } from '@nova-chat/client/protocol';

/** Gives an object as it is, and an empty one for anything else. */
export function toRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** Gives the objects of a list, and an empty list for anything else. */
export function toRecords(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Gives a text as it is, and an empty one for anything else. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Gives a number as it is, and 0 for anything else. */
export function toCount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
