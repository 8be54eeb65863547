import type { NovaChat, NovaTool } from '@nova-chat/widget';

/** A feature at work: what its page sets before, and what a visitor does after the answer. */
interface Preparation {
  settings?: Partial<NovaChat>;
  /** Asked by itself; without it, the question of all scenarios. */
  question?: string;
  show?(chat: NovaChat): Promise<void>;
}

const findOrder: NovaTool = {
  name: 'find_order',
  label: 'Look up order 2481',
  parameters: { type: 'object', properties: { number: { type: 'string' } } },
  run: () => ({ status: 'on its way' }),
};

const showPlan: NovaTool = {
  name: 'show_plan',
  label: 'Show the plan',
  auto: true,
  run: (_input, { show }) => {
    show({
      title: 'Team',
      text: 'For everybody who answers customers.',
      facts: [
        { label: 'Price', value: '29 € a month' },
        { label: 'Answers', value: '25,000' },
      ],
      link: { label: 'Compare all plans', href: 'https://example.com/plans' },
      replies: ['What does Company cost?'],
    });
    return 'shown';
  },
};

const bookTable: NovaTool = {
  name: 'book_table',
  label: 'Book a table',
  auto: true,
  run: async (_input, { ask }) =>
    (await ask({
      title: 'Your table',
      fields: [
        { name: 'day', label: 'Day', type: 'date', required: true },
        { name: 'people', label: 'People', type: 'select', options: ['2', '4', '6'] },
        { name: 'wishes', label: 'Wishes', type: 'textarea' },
      ],
      submit: 'Book',
    })) ?? 'The visitor did not book.',
};

const preparations: Readonly<Record<string, Preparation>> = {
  starters: {
    settings: {
      greeting: 'Hi! How can we help?',
      starters: ['When do you roast?', 'Can I pause my subscription?', 'Where is my parcel?'],
    },
  },
  'tool-approval': { settings: { tools: [findOrder] }, question: 'Where is my parcel?' },
  'tool-card': { settings: { tools: [showPlan] }, question: 'Which plan is for six people?' },
  'tool-form': { settings: { tools: [bookTable] }, question: 'A table for four, please.' },
  consent: { settings: { consent: 'Your question goes to an assistant that answers it. Nothing is kept.' } },
  models: {
    settings: {
      models: [
        { id: 'small', label: 'Fast' },
        { id: 'large', label: 'Thorough' },
      ],
    },
  },
  attachments: { settings: { attachments: true }, show: dropFiles },
  versions: { show: askInOtherWords },
  conversations: { settings: { persist: 'session' }, show: openList },
};

/** Sets what the feature of a scenario needs. */
export function prepareChat(chat: NovaChat, scenario: string): void {
  Object.assign(chat, preparations[scenario]?.settings);
}

/** Asks, as a visitor does, and goes on to where the feature of the scenario can be seen. */
export function askAsVisitor(chat: NovaChat, scenario: string): void {
  const { question = 'What is Nova Chat, and what does it look like?', show } = preparations[scenario] ?? {};
  if (show) chat.addEventListener('nova-response-end', () => void show(chat), { once: true });
  if (scenario !== 'starters') chat.send(question);
}

async function openList(chat: NovaChat): Promise<void> {
  (await find(chat, '.history-button'))?.click();
}

async function askInOtherWords(chat: NovaChat): Promise<void> {
  (await find(chat, '.pencil'))?.click();
  const input = await find(chat, '.editor textarea');
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.value = 'What does Nova Chat cost?';
  input.dispatchEvent(new InputEvent('input'));
  (await find(chat, '.editor [type=submit]'))?.click();
}

async function dropFiles(chat: NovaChat): Promise<void> {
  const log = await find(chat, '.panel');
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['day,parcels\nMonday,12\n'], 'parcels-of-november.csv', { type: 'text/csv' }));
  log?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
}

/** Waits for something that the chat shows; a few seconds at most. */
async function find(chat: NovaChat, selector: string): Promise<HTMLElement | null> {
  for (let tries = 0; tries < 100; tries++) {
    const element = chat.shadowRoot?.querySelector<HTMLElement>(selector);
    if (element) return element;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
