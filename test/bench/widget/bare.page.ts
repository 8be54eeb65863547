// A page with no chat in it.
import { benchmark } from './page.js';

benchmark({ open: async () => {}, ask() {}, isShown: () => true });
