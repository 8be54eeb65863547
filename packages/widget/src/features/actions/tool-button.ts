import { html, nothing, type TemplateResult } from 'lit';
import { lineIcon } from '../shared/line-icon.js';
import { actionIcons } from './action-icons.js';

export interface ToolButtonOptions {
  icon: keyof typeof actionIcons;
  label: string;
  onClick: (event: Event) => void;
  /** For a button that can be on or off. */
  pressed?: boolean;
  /** Whether its form is shown, and the form's id. */
  expands?: { isOpen: boolean; id: string };
}

/** Shows a small button with an icon, whose name is also its tooltip. */
export function toolButton({ icon, label, onClick, pressed, expands }: ToolButtonOptions): TemplateResult {
  return html`<button
    class="tool"
    part="action"
    type="button"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed ?? nothing}
    aria-expanded=${expands?.isOpen ?? nothing}
    aria-controls=${expands?.isOpen ? expands.id : nothing}
    @click=${onClick}
  >
    ${lineIcon(actionIcons[icon])}
  </button>`;
}
