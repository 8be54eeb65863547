/** A node of a syntax tree; what else it has depends on its type. */
export interface AstNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Calls `onNode` for a node and all below it. */
export function visitAst(value: unknown, onNode: (node: AstNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visitAst(item, onNode);
  if (!isNode(value)) return;
  onNode(value);
  for (const child of Object.values(value)) visitAst(child, onNode);
}
