import type { Page } from 'playwright-core';

/** What a chat can look like: its script tag, and what leads there. */
export interface ChatState {
  name: string;
  tag?: string;
  play?: (page: Page) => Promise<void>;
}

const richAnswer = `You can order **until noon**, see [how](https://example.com/order):

# Ways

1. On this page
2. By phone

- [x] asked

| Bread | Price | From | With | Weight |
| --- | --- | --- | --- | --- |
| Rye | 6.40 | Lower Austria | sourdough | 1,000 g |

\`\`\`js
const order = { id: 2041, lines: ['a rather long line of code that does not fit'] };
\`\`\`
`;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function ask(page: Page, question = 'When can I order?'): Promise<void> {
  const asked = await page.evaluate(() => window.hand.asked.length);
  await page.getByRole('textbox').last().fill(question);
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => window.hand.asked.length > before, asked);
}

async function answer(page: Page, text = richAnswer): Promise<void> {
  await ask(page);
  await page.evaluate((said) => {
    window.hand.say(said);
    window.hand.complete();
  }, text);
  await button(page, 'Copy answer').waitFor();
}

async function fail(page: Page, code: string, more: object = {}): Promise<void> {
  await ask(page);
  await page.evaluate(([name, rest]) => window.hand.fail(name as string, rest as object), [code, more]);
  await page.locator('nova-chat .notice').waitFor();
}

async function callTool(page: Page, tool: object): Promise<void> {
  await page.evaluate((given) => {
    const { form, ...rest } = given as { form?: object; name: string };
    const run = (_: unknown, { ask }: { ask(shown: unknown): unknown }) => (form ? ask(form) : 'done');
    Object.assign(document.querySelector('nova-chat') ?? {}, { tools: [{ ...rest, run }] });
  }, tool);
  await ask(page);
  await page.evaluate(() => {
    window.hand.write({ type: 'tool-call-delta', index: 0, id: 'c', name: 'clock', arguments: '{"a":1}', choice: 0 });
    window.hand.write({ type: 'end', outcome: 'complete', finishReason: 'tool_calls' });
  });
  await page.locator('nova-chat .card').waitFor();
}

const fields = [
  { name: 'mail', label: 'E-mail', type: 'email', required: true },
  { name: 'day', label: 'Day', type: 'select', options: ['Monday', 'Friday'] },
  { name: 'note', label: 'Note', type: 'textarea' },
];

/** Every state of the chat that there is to look at. */
export const chatStates: readonly ChatState[] = [
  { name: 'closed', tag: 'data-nova-load="idle"' },
  { name: 'open and empty' },
  {
    name: 'greeting and starters',
    tag: `data-nova-greeting="Good morning!" data-nova-starters='["When?","How much?"]'`,
  },
  { name: 'inline', tag: 'data-nova-mode="inline" data-nova-heading="Help"' },
  { name: 'disabled', tag: 'data-nova-disabled' },
  { name: 'waiting', play: ask },
  {
    name: 'streaming',
    async play(page) {
      await ask(page);
      await page.evaluate((text) => window.hand.say(text), richAnswer.slice(0, 90));
      await page.locator('nova-chat .markdown').waitFor();
    },
  },
  { name: 'complete, with code and a table', play: answer },
  {
    name: 'sources, thoughts, another provider and suggestions',
    async play(page) {
      await ask(page);
      await page.evaluate(() => {
        const citation = { url: 'https://example.com/a', title: 'Guide', start_index: 0, end_index: 1 };
        window.hand.write(
          { type: 'reasoning-delta', text: 'Let me see.', choice: 0 },
          { type: 'text-delta', text: 'So.', choice: 0 },
          { type: 'citation', citation, choice: 0 },
          { type: 'provider-switch', switch: { from: 'a', to: 'b', reason: 'idle_timeout' } },
          { type: 'suggestions', suggestions: ['And then?', 'Why?'] },
        );
        window.hand.complete();
      });
      await button(page, 'Copy answer').waitFor();
      await page.locator('nova-chat .reasoning, nova-chat [part~=reasoning]').first().waitFor();
    },
  },
  { name: 'an error with a retry', play: (page) => fail(page, 'server_error') },
  {
    name: 'the countdown of a limit',
    async play(page) {
      await fail(page, 'rate_limited', { retryAfterMs: 30_000 });
      await page.getByRole('button', { name: /Try again in/ }).waitFor();
    },
  },
  { name: 'offline', play: (page) => fail(page, 'offline') },
  {
    name: 'stopped',
    async play(page) {
      await ask(page);
      await page.evaluate(() => window.hand.say('So'));
      await button(page, 'Stop the answer').click();
      await page.locator('nova-chat .notice').waitFor();
    },
  },
  {
    name: 'consent',
    tag: 'data-nova-consent=""',
    play: (page) => button(page, 'Agree').waitFor(),
  },
  {
    name: 'the list of conversations',
    async play(page) {
      await answer(page, 'So.');
      await button(page, 'Conversations').click();
      await page.getByRole('searchbox').waitFor();
    },
  },
  {
    name: 'editing a question',
    async play(page) {
      await answer(page, 'So.');
      // Quiet until a pointer or the focus is there.
      await button(page, 'Edit question').press('Enter');
      await page.locator('nova-chat .editor').waitFor();
    },
  },
  {
    name: 'the feedback form',
    async play(page) {
      await answer(page, 'So.');
      await button(page, 'Bad answer').click();
      await page.locator('nova-chat form.feedback').waitFor();
    },
  },
  {
    name: 'attachments',
    tag: 'data-nova-attachments data-nova-voice',
    async play(page) {
      const file = { name: 'a-note-with-a-rather-long-name.txt', mimeType: 'text/plain', buffer: Buffer.from('Hello') };
      await page.locator('nova-chat input[type=file]').setInputFiles(file);
      await page.locator('nova-chat .attachment').waitFor();
    },
  },
  { name: 'a tool that asks', play: (page) => callTool(page, { name: 'clock', label: 'Look at the clock' }) },
  {
    name: 'the form of a tool',
    play: (page) => callTool(page, { name: 'clock', auto: true, form: { title: 'Your booking', fields } }),
  },
  {
    name: 'the choice of a model',
    tag: `data-nova-models='["small","large"]'`,
    play: (page) => page.locator('nova-chat select').waitFor(),
  },
  {
    name: 'scrolled up in a long conversation',
    async play(page) {
      await answer(page, 'A line.\n\n'.repeat(60));
      await page.getByRole('log').hover();
      await page.mouse.wheel(0, -300);
      await button(page, 'Jump to the latest message').waitFor();
    },
  },
];
