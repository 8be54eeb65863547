import { createClient } from '@nova-chat/client';
import { createConversation } from '@nova-chat/client/conversation';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.js';

const server = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:8787';
const nova = createClient({ baseUrl: server });
const conversation = createConversation({ transport: { send: nova.chat.stream } });

createRoot(document.querySelector('#chat') as HTMLElement).render(<Chat conversation={conversation} />);
