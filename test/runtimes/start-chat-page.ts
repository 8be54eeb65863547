import { type AnswerStep, type Refusal, startWidgetSite } from '../support/start-widget-site.js';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
const everything =
  '**All** of it, with a [link](https://example.com):\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst all = true;\n```\n\n';

function toAnswer(text: string): readonly AnswerStep[] | Refusal {
  if (text === 'Slowly?') return [{ delta: { content: 'One' } }, { waitMs: 8000 }, { delta: { content: 'two' } }];
  if (text === 'Refused?') return { status: 400, body: '{"error":{"message":"No.","type":"invalid_request_error"}}' };
  if (text === 'Cut?')
    return [{ delta: { content: 'The beginning' } }, { data: { error: { message: 'Lost.', type: 'server_error' } } }];
  if (text === 'Everything?')
    return [{ delta: { content: 'Line.\n\n'.repeat(40) } }, { delta: { content: everything } }];
  return [{ delta: { content: ' and the rest.' } }];
}

/** Serves the page of `chat-page.ts` beside the built widget; `result` is the JSON that the page tells at its end. */
export async function startChatPage(
  script: string,
): Promise<{ url: string; result: Promise<string>; stop(): Promise<void> }> {
  const site = await startWidgetSite();
  const tag = '<script src="/widget/embed.js" data-nova-persist="session"></script>';
  site.pages.set('/', {
    headers: { 'content-security-policy': policy },
    body: `<!doctype html><html lang="en"><title>Chat</title><body>${tag}<script type="module" src="/check.js"></script>`,
  });
  site.pages.set('/check.js', { type: 'text/javascript', body: script });
  const result = new Promise<string>((resolve) => {
    site.answer = ({ text }) => {
      if (!text.startsWith('{')) return toAnswer(text);
      resolve(text);
      return [];
    };
  });
  return { url: site.url, result, stop: async () => site[Symbol.asyncDispose]() };
}
