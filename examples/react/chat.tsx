import { allMessages, type Conversation, type ConversationMessage, canRetry } from '@nova-chat/client/conversation';
import { type FormEvent, type ReactElement, useState, useSyncExternalStore } from 'react';

/** Shows a conversation, and lets the visitor ask. */
export function Chat({ conversation }: { conversation: Conversation }): ReactElement {
  const state = useSyncExternalStore(conversation.subscribe, conversation.getState);
  const [draft, setDraft] = useState('');
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    // What is not taken stays where it is.
    if (conversation.send(draft)) setDraft('');
  };
  return (
    <>
      <h1>A chat in React</h1>
      <ol aria-live="polite" aria-busy={state.live !== undefined}>
        {allMessages(state).map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      {canRetry(state) && (
        <button type="button" onClick={() => conversation.retry()}>
          Try again
        </button>
      )}
      <form onSubmit={ask}>
        <input aria-label="Ask a question" value={draft} onChange={({ target }) => setDraft(target.value)} />
        {state.live ? (
          <button type="button" onClick={() => conversation.stop()}>
            Stop
          </button>
        ) : (
          <button type="submit">Send</button>
        )}
      </form>
    </>
  );
}

/** A question that was refused is `failed`, an answer that broke off `truncated`: what arrived stays. */
const notes: Partial<Record<ConversationMessage['status'], string>> = {
  aborted: 'Stopped.',
  truncated: 'The answer broke off.',
  failed: 'This did not work.',
};

function Message({ message: { role, text, status, citations } }: { message: ConversationMessage }): ReactElement {
  return (
    <li className={role}>
      {text || (status === 'sending' ? 'Thinking …' : '')}
      {notes[status] && <span className="note">{notes[status]}</span>}
      {citations.map(({ url, title }) => (
        <a key={url} className="note" href={url} rel="noopener noreferrer nofollow">
          {title}
        </a>
      ))}
    </li>
  );
}
