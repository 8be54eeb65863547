import type { SafeStorage } from '@nova-chat/client/conversation';
import type { FeatureHost } from '../feature.js';
import { openStorage } from './open-storage.js';

/** Opens what keeps things where `persist` says. When that changes, what begins with `prefix` moves along. */
export function openKept(chat: FeatureHost, prefix: string): SafeStorage {
  let persist = chat.persist || 'session';
  let storage = openStorage(persist);
  const here = (): SafeStorage => {
    const wanted = chat.persist || 'session';
    if (wanted === persist) return storage;
    const former = storage;
    persist = wanted;
    storage = openStorage(wanted);
    for (const key of former.keys(prefix)) {
      storage.set(key, former.get(key) ?? '');
      former.remove(key);
    }
    return storage;
  };
  return {
    keys: (start) => here().keys(start),
    get: (key) => here().get(key),
    set: (key, value) => here().set(key, value),
    remove: (key) => here().remove(key),
  };
}
