import type { ConversationMessage } from '@nova-chat/client/conversation';
import { css } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import { MarkdownRenderer } from '../../markdown/render-markdown.js';
import { withoutOpenMark } from '../../markdown/without-open-mark.js';
import type { Feature, FeatureHost } from '../feature.js';
import { type AnswerMath, answerMath } from '../shared/answer-math.js';
import { isUnderWay } from '../shared/is-under-way.js';
import { toOwnParts } from './to-own-parts.js';

/** So many answers are kept at hand, beside those that are shown. */
const maxAnswers = 200;

interface Answer {
  /** As it stands now. */
  message: ConversationMessage;
  markdown: MarkdownRenderer;
  element?: HTMLElement;
  math: AnswerMath | undefined;
}

/** Shows answers the way the page wants them: formulas, its renderers, and what it says about links and images. */
export function createFeature(chat: FeatureHost): Feature {
  const answers = new Map<string, Answer>();
  let createMath: (() => AnswerMath) | undefined;
  /** Images that the visitor has asked for. */
  const loaded = new Set<string>();
  let asked: unknown[] = [];

  const anew = (): void => {
    answers.clear();
    chat.refresh();
  };
  chat.addController({
    hostUpdate() {
      const { linkPolicy, imagePolicy, renderers, math } = chat;
      const now = [linkPolicy, imagePolicy, renderers, math];
      if (math && !asked[3]) void loadMath();
      if (now.some((one, index) => one !== asked[index])) queueMicrotask(anew);
      asked = now;
    },
  });

  const loadMath = async (): Promise<void> => {
    try {
      if (!answerMath.load) throw new Error("Formulas need an import '@nova-chat/widget/math'.");
      const { styles: mathStyles, createMath: create } = await answerMath.load();
      const sheet = mathStyles.styleSheet;
      if (sheet && !createMath) (chat.renderRoot as ShadowRoot).adoptedStyleSheets.push(sheet);
      createMath = create;
      anew();
    } catch (error) {
      // The answers stay as they are.
      reportError(error);
    }
  };

  const forgetHidden = (): void => {
    for (const [id, { element }] of answers) if (!element?.isConnected) answers.delete(id);
  };

  const open = (message: ConversationMessage): Answer => {
    const known = answers.get(message.id);
    if (known) return Object.assign(known, { message });
    const words = featureWords(chat);
    if (answers.size >= maxAnswers) forgetHidden();
    const math = chat.math ? createMath?.() : undefined;
    const markdown = new MarkdownRenderer(words, (token) => {
      const { message } = made;
      return toOwnParts(math?.show(token) ?? token, { chat, message, loaded, loadWords: words.loadImage });
    });
    const made: Answer = { message, markdown, math };
    answers.set(message.id, made);
    return made;
  };

  const text = (message: ConversationMessage): unknown => {
    const { role, status } = message;
    if (role === 'user' || message.text === '') return undefined;
    const isLive = isUnderWay(message);
    const answer = open(message);
    const { markdown, math } = answer;
    const source = math?.take(message.text, isLive) ?? message.text;
    const isBroken = !isLive && status !== 'complete';
    markdown.update(isBroken ? withoutOpenMark(source) : source, isLive);
    answer.element = markdown.render();
    return answer.element;
  };
  return { styles, views: { text } };
}

const styles = css`
  .answer-image {
    display: inline-block;
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: 360px;
    /* The room is there before the image is, so that nothing below it moves. */
    aspect-ratio: 3 / 2;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_soft);
    object-fit: contain;
    vertical-align: bottom;
  }
  button.answer-image {
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding: 12px;
    color: inherit;
    text-align: center;
    overflow-wrap: anywhere;
  }
  button.answer-image span:nth-child(2) {
    color: var(--_link);
    text-decoration: underline;
  }
`;
