import { html, nothing, type TemplateResult } from 'lit';
import type { NovaWords } from '../../i18n/feature-strings.js';
import type { NovaField, NovaForm } from '../shared/nova-tool.js';
import type { PendingDecision } from './tool-runner.js';

export interface ToolFormOptions extends PendingDecision<Record<string, string> | undefined> {
  form: NovaForm;
  /** Keeps the ids of two forms apart. */
  id: string;
  words: NovaWords;
}

/** Shows a form that a tool asks for. The browser checks it, and says in its own words what is missing. */
export function toolForm({ form, id, words, decide }: ToolFormOptions): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = new FormData(event.target as HTMLFormElement);
    decide(Object.fromEntries(form.fields.map(({ name }) => [name, String(values.get(name) ?? '')])));
  };
  return html`<form class="card" part="card" @submit=${onSubmit}>
    ${form.title ? html`<h3 dir="auto">${form.title}</h3>` : nothing}
    ${form.fields.map((field) => html`<label for="${id}-${field.name}" dir="auto">${field.label}</label>${input(field, id)}`)}
    <div class="choices">
      <button class="quiet-button" part="choice" type="button" @click=${() => decide(undefined)}>${words.cancel}</button>
      <button class="strong-button" part="choice choice-main" type="submit">${form.submit || words.submit}</button>
    </div>
  </form>`;
}

/** A form may be made of what a model wrote; the browser refuses to fill in a field for files, for one. */
const inputTypes = /^(?:text|email|tel|number|date)$/;

function input(
  { name, type = 'text', options = [], required = false, value = '' }: NovaField,
  id: string,
): TemplateResult {
  const key = `${id}-${name}`;
  if (type === 'textarea') {
    return html`<textarea part="field" id=${key} name=${name} rows="3" dir="auto" ?required=${required} .value=${value}></textarea>`;
  }
  if (type === 'select') {
    return html`<select part="field" id=${key} name=${name} ?required=${required}>
      ${options.map((option) => html`<option ?selected=${option === value}>${option}</option>`)}
    </select>`;
  }
  return html`<input part="field" id=${key} name=${name} type=${inputTypes.test(type) ? type : 'text'} dir="auto" ?required=${required} .value=${value} />`;
}
