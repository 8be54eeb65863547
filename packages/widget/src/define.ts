import { NovaComposer } from './elements/nova-composer.js';
import { NovaMessage } from './elements/nova-message.js';
import { NovaTranscript } from './elements/nova-transcript.js';
import { NovaChat } from './nova-chat/nova-chat.js';

declare global {
  interface HTMLElementTagNameMap {
    'nova-chat': NovaChat;
  }
}

// A second version on the page leaves everything to the first: its views must not meet a foreign `<nova-chat>`.
if (!customElements.get('nova-chat')) {
  customElements.define('nova-message', NovaMessage);
  customElements.define('nova-transcript', NovaTranscript);
  customElements.define('nova-composer', NovaComposer);
  customElements.define('nova-chat', NovaChat);
}
