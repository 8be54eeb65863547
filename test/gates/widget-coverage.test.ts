import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * Where it is shown that the widget does not do what people complain about in other chats, and that everybody can use
 * it: file and title of the test.
 */

const streaming = 'test/e2e/widget-complaints-streaming.test.ts';
const complaints = 'test/e2e/widget-complaints.test.ts';
const states = 'test/e2e/accessible-states.test.ts';
const use = 'test/e2e/accessible-use.test.ts';
const looks = 'test/e2e/accessible-looks.test.ts';
const widget = 'packages/widget/src';
const announcer = `${widget}/bindings/announcer.browser.ts`;
const scroll = `${widget}/bindings/scroll-controller.browser.ts`;
const transcript = `${widget}/elements/nova-transcript.browser.ts`;
const chat = `${widget}/nova-chat/nova-chat.browser.ts`;
const flow = `${widget}/nova-chat/conversation-flow.browser.ts`;
const failures = `${widget}/nova-chat/failures.browser.ts`;
const foreignPage = `${widget}/nova-chat/foreign-page.browser.ts`;
const accessibility = `${widget}/nova-chat/accessibility.browser.ts`;
const markdown = `${widget}/markdown/render-markdown.browser.ts`;
const history = `${widget}/features/history/history.browser.ts`;
const conversations = `${widget}/features/history/conversation-list.browser.ts`;

type Place = [file: string, title: string];

const byComplaint: Readonly<Record<string, Place[]>> = {
  'auto-scroll fights the reader': [
    [streaming, 'auto-scroll fights the reader: 350 chunks do not move who has scrolled up'],
    [scroll, 'is not moved after %i px'],
  ],
  'auto-scroll does not follow': [
    [scroll, 'keeps the newest words in view while nobody scrolls'],
    [transcript, 'anchors the question at the top'],
    [transcript, 'moves no more than the question needs'],
    [scroll, 'jumps to the beginning of what has come meanwhile, and from there to the end'],
  ],
  'a growing input or a composition counts as scrolling': [
    [streaming, 'a growing input or a composition counts as scrolling up: the end stays in view'],
  ],
  'the whole answer is rendered at each chunk': [
    [streaming, 'what has been closed is not touched: selection, hover and buttons survive'],
    [markdown, 'is never touched above its last two blocks'],
  ],
  'tables jitter, stay half done, or fail in one piece': [
    [streaming, 'by character, in one chunk and cut off by a stop they end as the same table'],
    [markdown, 'shows a table that comes %s row by row, each complete'],
  ],
  'long conversations become slow': [
    [
      streaming,
      'with 1,000 messages a keystroke and a chunk cost about what they cost with two, and the DOM is bounded',
    ],
  ],
  'a tab in the background piles up work': [
    [streaming, '5,000 chunks that come while it is hidden wait for one frame, and are shown in a few steps'],
  ],
  'the session is another one after a reload, or the same after a reset': [
    [complaints, 'a reload keeps id and messages, a new conversation has another id before its first question'],
    [history, 'is kept apart for each endpoint and each id'],
    ['test/e2e/history.test.ts', 'goes on, twice, without a lost or doubled word'],
  ],
  'the chat is lost when the page changes under it': [
    [foreignPage, 'goes on where it was when the page moves it'],
    ['test/e2e/host-pages.test.ts', 'goes on over the visits of Turbo, and back'],
    ['test/e2e/host-pages.test.ts', 'goes on when its page is morphed by its %s'],
    ['test/e2e/host-pages.test.ts', 'goes on when Astro swaps the body in a view transition'],
    ['test/e2e/host-pages.test.ts', 'goes on over the routes of an app'],
    ['test/e2e/host-page-life.test.ts', 'comes out of the back-forward cache as it was'],
  ],
  'a strict policy breaks it': [
    ['test/e2e/demo-page.test.ts', 'answers a visitor under a strict policy with Trusted Types'],
    ['test/e2e/strict-policy.test.ts', 'stays within a policy with Trusted Types, whatever a visitor does'],
    ['test/e2e/strict-policy.test.ts', 'stays within a policy that trusts a nonce and what it loads'],
    ['test/e2e/hostile-pages.test.ts', 'that trusts no policy of ours is told that the chat could not be loaded'],
  ],
  'it lies above everything, and blocks clicks while it is closed': [
    [complaints, 'closed it lets every click through, before it was opened and after'],
    [complaints, 'its layer is the owner’s to choose'],
    [`${widget}/features/layer/layer.browser.ts`, 'is above all of the page in the top layer'],
  ],
  'styles of the page leak in, or its own leak out': [
    [foreignPage, 'looks the same under hostile styles'],
    ['test/e2e/hostile-pages.test.ts', 'that %s leaves the chat as it is'],
    ['test/e2e/hostile-pages.test.ts', 'nothing is left in the page but its element and nova()'],
  ],
  'the keyboard of a phone covers it, the page zooms, the focus is lost': [
    [
      `${widget}/features/keyboard/keyboard.browser.ts`,
      'keeps header and input in view while a keyboard covers the page',
    ],
    [complaints, 'the browser zooms into the input, or the focus is lost after sending'],
  ],
  'the Enter key and the bar of a phone’s keyboard': [
    [complaints, 'the keyboard says "send" and its bar has nothing to step to'],
    [
      `${widget}/features/keyboard/keyboard.browser.ts`,
      'begins a line with Enter where there is no keyboard but on the screen',
    ],
  ],
  'an inline chat scrolls the page to itself': [
    [complaints, 'an inline chat scrolls the page to itself, or takes the focus'],
  ],
  'a screen reader reads all again, nothing, or somewhere else': [
    [announcer, 'keeps the streamed text out of every live region'],
    [announcer, 'reads an answer once, as plain text, by finished sentence, at most once a second'],
    [use, 'what happens is read aloud once'],
  ],
  'buttons are none': [
    [states, 'axe finds nothing, targets are large enough'],
    [use, 'everything can be done by keyboard alone'],
  ],
  'stop does nothing, loses the text, or does not reach the server': [
    [complaints, 'before the first byte and in the middle the request ends, and what has come stays'],
    [flow, 'works before the first byte'],
  ],
  'there is one conversation, or an answer is lost by going to another one': [
    [conversations, 'goes on in one that is not shown, says so, and both keep all of it'],
  ],
  'texts run scripts': [
    [
      'test/e2e/hostile-texts.test.ts',
      'a model whose words attack, wherever they stand and wherever the stream is cut',
    ],
    ['test/e2e/hostile-names.test.ts', 'files whose names attack, as they are chosen, refused and sent'],
    ['test/e2e/hostile-history.test.ts', 'whoever has written into the storage of the site'],
  ],
  'images and links carry away what was said': [
    [markdown, '%j does nothing'],
    [flow, 'lists its sources with the place they really are at'],
    [`${widget}/markdown/link-policy.test.ts`, 'toSafeLink'],
  ],
  'it cannot be imported on a server': [
    [complaints, 'it cannot be imported where there is no page'],
    [`${widget}/index.test.ts`, 'can be imported on a server, and registers nothing'],
  ],
  'it is heavy': [['test/gates/sizes.test.ts', 'is green for small builds']],
  'a control cannot be hidden or replaced': [
    [complaints, 'a control cannot be hidden or replaced: each has a part that the page can reach'],
    [chat, 'shows what the page puts into %s'],
  ],
  'it stores without being asked, or breaks where it may not store': [
    [history, 'is nothing at all with persist=none, and what was kept before goes'],
    [history, 'a storage that does not do as it should'],
    ['test/e2e/history.test.ts', 'has a chat that works'],
  ],
  'a newer script breaks with an older server': [
    [complaints, 'a chat of one version breaks with a server that %s'],
    [complaints, 'the version of a page cannot be fixed: it can'],
  ],
};

const byNeed: Readonly<Record<string, Place[]>> = {
  'axe finds nothing, in each state': [
    [states, 'axe finds nothing, targets are large enough, references lead somewhere, nothing scrolls sideways'],
    [states, 'what is wrong is seen'],
    [accessibility, 'axe finds nothing in the %s theme'],
  ],
  'streaming text is outside of live regions, and read once': [
    [announcer, 'keeps the streamed text out of every live region'],
    [announcer, 'reads an answer once, as plain text, by finished sentence, at most once a second'],
  ],
  'what happens is announced': [
    [use, 'what happens is read aloud once: that an answer is coming, the answer, a stop, an error, a copy'],
    [announcer, 'interrupts with an error, and says nothing of it politely'],
    [`${widget}/features/wait/wait.browser.ts`, 'counts down when the server asks to wait, and says so once'],
  ],
  'the same message is announced twice': [[announcer, 'says the same answer again when it comes again']],
  'the focus moves only by a gesture': [
    [use, 'the focus moves only by a gesture, whatever happens'],
    [announcer, 'moves the focus at no time by itself'],
  ],
  'opening and closing lead the focus; only what covers the page is modal': [
    [chat, 'opens with the cursor in the input, and closes with Escape back to the launcher'],
    [chat, 'is no trap while the page stands beside it'],
    [chat, 'fills the screen as a modal, and keeps Tab inside'],
  ],
  'all can be done by keyboard; a composition is not sent': [
    [use, 'everything can be done by keyboard alone, and each control keeps the focus or hands it on'],
    [flow, 'does not send at %s'],
  ],
  'send and stop keep the focus when they swap': [[flow, 'works before the first byte']],
  'the focus is seen, and nothing covers it': [
    [looks, 'at each stop of Tab, with a ring of 2 px and 3:1 that nothing covers'],
    [accessibility, 'shows the focus on every control'],
  ],
  'targets are large enough': [
    [states, 'axe finds nothing, targets are large enough'],
    [looks, 'a finger hits launcher, close, send and attach: 44 px'],
  ],
  'contrast, with the colours of the page too': [
    [accessibility, 'keeps its contrast with the accent %s'],
    [looks, 'the frame of the input and the buttons have 3:1'],
  ],
  'forced colours': [[looks, 'in forced colours borders, icons and what is chosen are seen']],
  'reduced motion': [[accessibility, 'moves nothing for a reader who wants less motion']],
  'reflow at 400 %': [
    [states, 'axe finds nothing, targets are large enough, references lead somewhere, nothing scrolls sideways'],
    [chat, 'reflows at 320 × 256 without scrolling sideways'],
    [markdown, 'scrolls a table by itself, by keyboard too, and names it'],
  ],
  'larger and wider text': [[looks, 'with wider spacing of letters, words, lines and paragraphs nothing is cut off']],
  'a reader who has scrolled up is not moved': [
    [scroll, 'is not moved after a key'],
    [scroll, 'jumps to the latest with a button that Tab reaches, and loses no focus'],
  ],
  'headings, lists, tables, code and language say what they are': [
    [use, 'each message says whose it is, in a log with a name and a language, below the headings of the page'],
    [markdown, 'headings below those of the page'],
  ],
  'each message says whose it is': [
    [use, 'each message says whose it is'],
    [accessibility, 'names who says what'],
  ],
  'errors are texts at the input, say how to go on, and keep the draft': [
    [use, 'what happens is read aloud once'],
    [failures, '%s after %j is told in kind words'],
  ],
  'names and references stay within the shadow tree': [
    [states, 'axe finds nothing, targets are large enough, references lead somewhere'],
    [use, 'each message says whose it is'],
  ],
  'each message has its own direction; vertical pages do not break it': [
    [accessibility, 'isolates the direction of each message'],
    [looks, 'on a page that is written %s it stays as it is'],
    [`${widget}/nova-chat/modes.browser.ts`, 'is %s on a page that reads %s'],
  ],
  'nothing goes away by itself, and nothing needs dragging': [
    [use, 'nothing goes away by itself, and nothing needs dragging'],
  ],
};

it.each(Object.entries({ ...byComplaint, ...byNeed }))('has a test of: %s', (_, places) => {
  expect(places.length).toBeGreaterThan(0);
  for (const [file, title] of places) {
    // A title is in its file as it is written there, quotes and all.
    expect(readFileSync(file, 'utf8').includes(title), `${title} in ${file}`).toBe(true);
  }
});

it('has left out no complaint and no need', () => {
  expect(Object.keys(byComplaint)).toHaveLength(26);
  expect(Object.keys(byNeed)).toHaveLength(22);
});
