import { createSafeStorage, type SafeStorage } from '@nova-chat/client/conversation';

/** Opens what outlives the page: nothing, the tab's storage or the browser's. Where it is forbidden, it is memory. */
export function openStorage(persist: 'none' | 'session' | 'local'): SafeStorage {
  if (persist === 'none') return createSafeStorage();
  try {
    return createSafeStorage(persist === 'local' ? localStorage : sessionStorage);
  } catch {
    return createSafeStorage();
  }
}
