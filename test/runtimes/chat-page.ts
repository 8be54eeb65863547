// What a visitor does, done by the page itself, in browsers that nobody drives: with the built script tag, under a strict
// policy.

type Nova = (command: string, ...parameters: unknown[]) => unknown;

const nova: Nova = (command, ...parameters) => (globalThis as unknown as { nova: Nova }).nova(command, ...parameters);
const troubles: string[] = [];
addEventListener('error', ({ message }) => void troubles.push(message));
addEventListener('unhandledrejection', ({ reason }) => void troubles.push(String(reason)));
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => void troubles.push(violatedDirective));

/** Finds what is shown in the chat. */
function find(selector: string): HTMLElement | undefined {
  const all = document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [];
  return [...all].findLast(({ offsetWidth }) => offsetWidth > 0);
}

async function until<T>(look: () => T): Promise<NonNullable<Awaited<T>>> {
  for (const start = performance.now(); performance.now() - start < 10_000; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not seen in 10 s: ${look}`);
}

function claim(isTrue: boolean, what: unknown): void {
  if (!isTrue) throw new Error(String(what));
}

async function ask(text: string): Promise<HTMLElement> {
  await until(() => nova('send', text));
  await until(() => find('.user .bubble')?.textContent === text);
  return until(() => find('.assistant'));
}

const steps: Record<string, () => unknown> = {
  'shows its bubble': () =>
    until(() => document.querySelector('nova-launcher')?.shadowRoot?.querySelector('button')?.offsetWidth),
  async 'opens, and closes again'() {
    nova('show');
    const panel = await until(() => find('.panel'));
    claim(panel.getAttribute('role') === 'dialog', panel.outerHTML);
    nova('hide');
    await until(() => !find('.panel'));
    nova('show');
    await until(() => find('textarea'));
  },
  async 'shows an answer as it was written'() {
    await ask('Everything?');
    for (const kind of ['strong', 'li', 'table td', 'pre code', 'a[href]'])
      await until(() => find(`.assistant ${kind}`));
    await until(() => find('.assistant .code-keyword'));
    await until(() => find('.tools .copy'));
  },
  async 'grows with what is typed, also after an answer'() {
    const input = find('textarea') as HTMLTextAreaElement;
    const write = (text: string): void => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    };
    write('One\ntwo\nthree\nfour\n');
    await until(() => input.offsetHeight > 100);
    write('');
    await until(() => input.offsetHeight < 50);
  },
  'follows the answer to its end'() {
    const { scrollTop, scrollHeight, clientHeight } = find('.log') as HTMLElement;
    claim(scrollHeight > clientHeight && scrollHeight - clientHeight - scrollTop < 2, [scrollTop, scrollHeight]);
  },
  'makes its colours of the accent'() {
    const { backgroundColor, color } = getComputedStyle(find('.user .bubble') as HTMLElement);
    claim(!/^rgba\(0, 0, 0, 0\)$|^transparent$/.test(backgroundColor) && backgroundColor !== color, backgroundColor);
  },
  async 'keeps what came before a stop'() {
    await ask('Slowly?');
    await until(() => find('.assistant .markdown')?.textContent?.includes('One'));
    nova('stop');
    await until(() => find('.notice'));
    claim(Boolean(find('.assistant .markdown')?.textContent?.includes('One')), find('.log')?.innerText);
  },
  async 'tells of an answer that was cut off, and goes on'() {
    await ask('Cut?');
    await until(() => find('nova-message:last-child .notice'));
    (await until(() => find('.go-on'))).click();
    await until(() => find('.assistant .markdown')?.textContent?.includes('and the rest'));
  },
  async 'gives a refused question back'() {
    await until(() => nova('send', 'Refused?'));
    await until(() => (find('textarea') as HTMLTextAreaElement | undefined)?.value === 'Refused?');
  },
  async 'lists its conversations'() {
    (await until(() => find('.history-button'))).click();
    await until(() => find('#nova-conversations'));
  },
  async 'speaks German'() {
    nova('update', { locale: 'de' });
    await until(
      () => document.querySelector('nova-chat')?.shadowRoot?.querySelector('.root')?.getAttribute('lang') === 'de',
    );
  },
  'breaks no policy, and throws nothing': () => claim(troubles.length === 0, troubles.join('; ')),
};

const failures: string[] = [];
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
const content = JSON.stringify({ passed: Object.keys(steps).length - failures.length, failures });
await fetch('/result', { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content }] }) });
