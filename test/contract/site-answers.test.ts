import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatCompletion, ChatMessage, UrlCitation } from '@nova-chat/client/protocol';
import { createSiteProvider, loadContent, type Provider } from '@nova-chat/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Questions of site owners and developers, and the pages that answer; turns are separated by `→`. */
const questions: readonly (readonly [question: string, ...pages: string[]])[] = [
  ['What is Nova Chat?', 'readme', 'getting-started', 'architecture'],
  ['How do I add the chat to my website?', 'widget', 'getting-started', 'readme'],
  ['how do I install and start it?', 'getting-started', 'readme'],
  ['Do I need an OpenAI key to try it?', 'faq'],
  ['Is it free for commercial use?', 'faq'],
  ['wich browsers are suported', 'faq'],
  ['how heavy is the script, how many kilobytes?', 'faq', 'widget'],
  ['How can I change the accent color?', 'widget'],
  ['what happens if OpenAI is down?', 'providers'],
  ['How do I write my own provider?', 'add-a-provider', 'providers'],
  ['which file types can the site provider read?', 'site-content'],
  ['How can I make it answer from my own documents?', 'getting-started', 'site-content'],
  ['how often does the client retry a failed request?', 'client', 'architecture'],
  ['set the idle timeout', 'client'],
  ['Which environment variables are there?', 'server'],
  ['Can I use the official openai package with it?', 'server', 'readme'],
  ['nginx config for streaming', 'deployment'],
  ['How do I limit requests per visitor?', 'deployment', 'security'],
  ['Does it work under a strict content security policy?', 'security'],
  ['explain the commit point', 'architecture'],
  // Those of the first figure end here.
  ['what does it cost', 'faq'],
  ['does it run on Safari?', 'faq'],
  ['can I use this with React', 'widget'],
  ['Are cookies set on my visitors?', 'faq'],
  ['do you store the chats?', 'faq'],
  ['Can the bot hallucinate or invent answers?', 'faq'],
  ['dark theme', 'widget'],
  ['is the widget accessible for screen reader users?', 'widget'],
  ['how does it look on a mobile phone', 'widget'],
  ['show the chat inside the page instead of a bubble', 'widget'],
  ['In which order are the providers tried?', 'providers', 'server'],
  ['can I use it with a local llama.cpp or vLLM?', 'providers'],
  ['how do I set the title and link of a source?', 'site-content'],
  ["what does the bot say when it doesn't know the answer?", 'site-content'],
  ['how do I stream an answer in TypeScript?', 'client'],
  ['What is NovaError?', 'client'],
  ['what does outcome truncated mean', 'client'],
  ['keep-alive connections in node', 'client', 'architecture'],
  ['how do I change the port?', 'server', 'getting-started'],
  ['what error code do I get for a too large request body?', 'server', 'security'],
  ['is there a health check endpoint', 'server', 'deployment'],
  ['are prompts logged?', 'server', 'faq'],
  ['what happens on SIGTERM', 'server'],
  ['how do I run it with systemd', 'deployment'],
  ['do I need sticky sessions behind a load balancer?', 'deployment'],
  ['how do you protect against XSS from the model?', 'security'],
  ['can the API be called from another domain (CORS)?', 'security'],
  ['How do I report a security bug?', 'security'],
  ['What packages does the project consist of?', 'architecture'],
  ['who may import what between packages', 'architecture'],
  ['how do I run the tests?', 'getting-started', 'readme'],
  ['Which Node version do I need?', 'faq', 'getting-started'],
  ['How do I use the embedded provider? → which files does it read?', 'site-content'],
  ['What is the widget? → and how do I change its colours?', 'widget'],
  ['Which timeouts does the client have? → and can I change them?', 'client'],
  ['Which errors does the server send? → what about the client?', 'client'],
];

/** The first questions of a site owner, which are put to it in every demonstration: the very sections that answer. */
const firstQuestions: readonly (readonly [question: string, section: RegExp])[] = [
  ['How do I add the chat to my website?', /put-the-chat-on-your-page|add-the-script-tag/],
  ['How can I add Nova Chat to my site?', /put-the-chat-on-your-page|add-the-script-tag/],
  ['How do I use my own documents?', /site-content|from-your-own-content/],
  ['what happens if openai is down?', /what-happens-when-a-provider-is-down/],
  ['Is it GDPR compliant?', /faq#privacy/],
  ['How do I change the position of the bubble?', /widget/],
];

const offTopic: readonly string[] = [
  'What is the capital of France?',
  'Who won the world cup in 2022?',
  'Write me a poem about the sea',
  'How do I bake sourdough bread?',
  "What's the weather in Berlin today?",
  'How do I train a neural network with PyTorch?',
  'What is the best tennis server of all time?',
  'Where can I buy a new browser game console?',
  'how do I connect a PostgreSQL database?',
  'How do I reset my iPhone password?',
  'What are the opening hours of the museum?',
  'Was ist die Hauptstadt von Frankreich?',
  'How do I contact support?',
  'Who made this?',
  'What is Nova Chat? → and who is the king of England?',
];

const root = new URL('../../', import.meta.url).pathname;
let folder: string;
let provider: Provider;

beforeAll(async () => {
  // As the build lays it out: the readme beside the other pages.
  folder = await mkdtemp(join(tmpdir(), 'nova-docs-'));
  // What the server's build leaves out of the demo's content is left out here too.
  const filter = (path: string): boolean => !/docs[\\/](?:api|decisions)\b/.test(path);
  await cp(join(root, 'docs'), folder, { recursive: true, filter });
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  await writeFile(join(folder, 'readme.md'), readme.replaceAll('](docs/', ']('));
  provider = createSiteProvider({ content: await loadContent({ folder, baseUrl: 'http://127.0.0.1:8787/docs/' }) });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(conversation: string): Promise<ChatCompletion> {
  const messages: ChatMessage[] = conversation.split(' → ').map((content) => ({ role: 'user', content }));
  return provider.complete({ messages }, { model: 'site', requestId: 'r', signal: new AbortController().signal });
}

function readCitations({ choices }: ChatCompletion): UrlCitation[] {
  return (choices[0]?.message.annotations ?? []).flatMap(({ url_citation }) => url_citation ?? []);
}

async function findWrong(asked: typeof questions): Promise<string[]> {
  const wrong: string[] = [];
  for (const [question, ...pages] of asked) {
    const [first] = readCitations(await ask(question));
    const page = first && /\/docs\/([^#]*)/.exec(first.url)?.[1];
    if (page === undefined || !pages.includes(page)) wrong.push(`${question}: ${page ?? 'refused'}`);
  }
  return wrong;
}

describe('the embedded provider on this project', () => {
  it('cites the right page first for 18 of 20 questions', async () => {
    const wrong = await findWrong(questions.slice(0, 20));
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(2);
  });

  it('cites the right page first for nine of ten questions', async () => {
    const wrong = await findWrong(questions);
    expect(wrong.length / questions.length, wrong.join('\n')).toBeLessThanOrEqual(0.1);
  });

  it.each(firstQuestions)('cites the section that answers first: %s', async (question, section) => {
    expect(readCitations(await ask(question))[0]?.url).toMatch(section);
  });

  it('quotes each passage once for a long question', async () => {
    const asked = Array.from({ length: 7 }, () => 'how do I embed the chat widget and how do I set the accent color');
    const completion = await ask(`${['unicorns, dragons, griffins or elves', ...asked].join('? ')}?`);
    const urls = readCitations(completion).map(({ url }) => url);
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.length).toBeLessThanOrEqual(3);
    expect(new Set(urls).size).toBe(urls.length);
    expect(completion.choices[0]?.message.content?.length).toBeLessThan(1_400);
  });

  it.each(offTopic)('says that it does not know: %s', async (question) => {
    const completion = await ask(question);
    expect(readCitations(completion)).toEqual([]);
    expect(completion.choices[0]?.message.content).toMatch(/I could not find|keine Antwort gefunden/);
  });
});
