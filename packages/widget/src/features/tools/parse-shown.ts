import { isRecord } from '@nova-chat/client/protocol';
import type { NovaCard, NovaField, NovaForm } from '../shared/nova-tool.js';

const fieldTypes = ['text', 'email', 'tel', 'number', 'date', 'textarea', 'select'] as const;

/**
 * Takes a card as a tool shows it, which may be made of what a model wrote: what is of another kind is left out, and a card
 * without anything else too.
 */
export function parseCard(card: unknown): NovaCard | undefined {
  const { title, text, facts, link, replies } = toRecord(card);
  const { label, href } = toRecord(link);
  if (link != null && typeof href !== 'string') report('the link of a card has no href');
  const parsed = {
    title: toText(title),
    text: toText(text),
    facts: toRecords(facts).map((fact) => ({ label: toText(fact['label']), value: toText(fact['value']) })),
    ...(typeof href === 'string' && { link: { label: toText(label), href } }),
    replies: toTexts(replies),
  };
  const isBlank = !parsed.title && !parsed.text && !parsed.facts[0] && !parsed.link && !parsed.replies[0];
  return isBlank ? undefined : parsed;
}

/** Takes a form as a tool asks for it, in the same way. */
export function parseForm(form: unknown): NovaForm {
  const { title, fields, submit } = toRecord(form);
  if (!Array.isArray(fields)) report('a form has no fields');
  return {
    title: toText(title),
    fields: toRecords(fields).map(toField),
    submit: toText(submit),
  };
}

function toField({ name, label, type, options, required, value }: Record<string, unknown>): NovaField {
  return {
    name: toText(name),
    label: toText(label),
    type: fieldTypes.find((known) => known === type) ?? 'text',
    options: toTexts(options),
    required: required === true,
    value: toText(value),
  };
}

function report(what: string): void {
  reportError(new TypeError(`Something that a tool shows is left out: ${what}.`));
}

const toRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const toRecords = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const toText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const toTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(toText).filter(Boolean) : []);
