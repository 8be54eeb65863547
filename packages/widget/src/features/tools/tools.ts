import type { ChatTransport, ConversationMessage, ToolStep } from '@nova-chat/client/conversation';
import { parseJson } from '@nova-chat/client/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords, type NovaWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import { removeHidden } from '../../markdown/link-policy.js';
import type { Feature, FeatureHost } from '../feature.js';
import { type AskedInput, askedBy } from '../shared/asked-by.js';
import { focusStop } from '../shared/focus-stop.js';
import type { NovaRendered } from '../shared/nova-renderers.js';
import { showPart } from '../shared/show-part.js';
import { runWithTools } from './run-with-tools.js';
import { toKnownSteps } from './to-known-steps.js';
import { toolCard } from './tool-card.js';
import { toolForm } from './tool-form.js';
import { ToolRunner } from './tool-runner.js';
import { toolsStyles } from './tools.styles.js';

/** Lets the model use what the page can do, when the visitor allows it. */
export function createFeature(chat: FeatureHost): Feature {
  const runner = new ToolRunner(
    () => chat.tools ?? [],
    () => chat.refresh(),
  );
  const announced = new Set<string>();

  const shown = new WeakMap<ToolStep, NovaRendered>();
  const own = (step: ToolStep, message: ConversationMessage): NovaRendered => {
    if (step.status !== 'done') return undefined;
    // A node of the page's own is made once.
    if (!shown.has(step)) shown.set(step, showPart(`tool:${step.name}`, step, { renderers: chat.renderers, message }));
    return shown.get(step);
  };

  const decideWith =
    <T>(decide: (answer: T) => void) =>
    (answer: T): void => {
      focusStop(chat);
      decide(answer);
    };

  const toolLine = (step: ToolStep, message: ConversationMessage): TemplateResult => {
    const words = featureWords(chat);
    const { consent, form, card } = runner.get(step);
    const mark = marks[step.status];
    const tool = runner.find(step)?.label ?? removeHidden(step.name);
    if ((consent || form) && !announced.has(step.id)) {
      announced.add(step.id);
      chat.announce(form ? form.form.title || tool : fill(words.allowTool, { tool }));
    }
    return html`<div class="tool-step" part="tool">
      <p class="quiet">${mark ? html`<span aria-hidden="true">${mark}</span> ` : nothing}${fill(words[lines[step.status]], { tool })}</p>
      ${consent ? question(step, words, decideWith(consent.decide)) : nothing}
      ${form ? toolForm({ ...form, decide: decideWith(form.decide), id: `nova-${step.id}`, words }) : nothing}
      ${own(step, message) ?? (card ? toolCard(card, (text) => chat.send(text)) : nothing)}
    </div>`;
  };

  return {
    styles: toolsStyles,
    views: {
      before: (message) =>
        message.toolSteps.length > 0 ? message.toolSteps.map((step) => toolLine(step, message)) : undefined,
    },
    transport: (next) => ({
      send(input: AskedInput, options) {
        if (!chat.tools?.length) return next.send(input, options);
        const send: ChatTransport['send'] = (round) => next.send(round, options);
        const known = toKnownSteps(input[askedBy]?.conversation ?? chat.conversation, input);
        return runWithTools({ next: { send }, input, known, tools: chat.tools, runStep: runner.run });
      },
    }),
  };
}

const marks = { asked: '', running: '', done: '✓', failed: '!', refused: '–' } as const;
const lines = {
  asked: 'allowTool',
  running: 'toolRuns',
  done: 'toolDone',
  failed: 'toolFailed',
  refused: 'toolRefused',
} as const;

function question(
  { arguments: json }: ToolStep,
  words: NovaWords,
  decide: (isAllowed: boolean) => void,
): TemplateResult {
  return html`<div class="card" part="card">
    ${/^\s*(\{\s*\}\s*)?$/.test(json) ? nothing : html`<pre dir="ltr" tabindex="0">${toReadable(json).map(isolate)}</pre>`}
    <div class="choices">
      <button class="quiet-button" part="choice" type="button" @click=${() => decide(false)}>${words.refuse}</button>
      <button class="strong-button" part="choice choice-main" type="button" @click=${() => decide(true)}>${words.allow}</button>
    </div>
  </div>`;
}

/**
 * The visitor sees all that the tool will get: what has no shape of its own, such as what turns the direction of text, as an
 * escape. Every second piece is a text of the model.
 */
function toReadable(json: string): string[] {
  // No JSON: shown as it is.
  const readable = JSON.stringify(parseJson(json), undefined, 2) ?? json;
  return readable
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}\u007f-\u009f\u115f\u1160\u3164\uffa0]/gu, toEscape)
    .split(/("(?:[^"\\]|\\.)*")/);
}

const toEscape = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

/** Letters that run from right to left move nothing outside of their own text. */
const isolate = (piece: string, index: number): unknown => (index % 2 ? html`<bdi>${piece}</bdi>` : piece);
