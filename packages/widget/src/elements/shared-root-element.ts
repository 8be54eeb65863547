import { LitElement } from 'lit';

/**
 * A view inside `<nova-chat>` that renders into the shadow tree of its parent. One tree means that ids of ARIA
 * attributes reach across views, that every `::part` and slot is the chat's own, and that one adopted style sheet
 * serves all. The price: a view has no style or slot of its own.
 */
export class SharedRootElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
