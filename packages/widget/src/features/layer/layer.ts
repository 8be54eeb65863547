import type { Feature, FeatureHost } from '../feature.js';
import { layerStyles } from './layer.styles.js';

/** Keeps bubble and panel in the browser's top layer, as long as the page wants it. */
export function createFeature(chat: FeatureHost): Feature {
  const place = (): void => {
    const isTop = chat.layer === 'top' && chat.mode !== 'inline' && chat.isConnected;
    if (isTop === chat.matches(':popover-open')) return;
    if (isTop) {
      // Neither a click elsewhere nor Escape closes it: the chat does that.
      chat.popover = 'manual';
      chat.showPopover();
    } else chat.popover = null;
  };
  // What is in the top layer would be printed over the page, and only as far as that reaches.
  const leave = (): void => {
    chat.popover = null;
  };
  chat.addController({ hostUpdated: place });
  return {
    styles: layerStyles,
    onConnect() {
      place();
      addEventListener('beforeprint', leave);
      addEventListener('afterprint', place);
    },
    onDisconnect() {
      removeEventListener('beforeprint', leave);
      removeEventListener('afterprint', place);
    },
  };
}
