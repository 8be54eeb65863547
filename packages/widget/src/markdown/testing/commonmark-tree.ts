/**
 * Writes rendered Markdown down as the reference would, and the reference as it is rendered here. What differs by design
 * is named in each step; everything else has to be the same.
 */
export function toComparableTree(root: Element): string {
  const tree = root.cloneNode(true) as Element;
  for (const block of tree.querySelectorAll('.block.code')) toPlainCode(block);
  for (const block of tree.querySelectorAll('.block.table')) block.replaceWith(...block.children);
  for (const task of tree.querySelectorAll('.task')) task.replaceWith(toTask(task.textContent === '☑'));
  // The class of a task is ours, `target` and `rel` guard the reader.
  for (const item of tree.querySelectorAll('li')) item.removeAttribute('class');
  for (const link of tree.querySelectorAll('a')) keepOnly(link, 'href');
  for (const cell of tree.querySelectorAll('th, td')) {
    const align = cell.className.replace('align-', '');
    keepOnly(cell);
    if (align) cell.setAttribute('align', align);
  }
  return toCanonical(tree);
}

/** Writes down what a specification expects; `tree` is changed on the way. */
export function toReferenceTree(tree: HTMLElement): string {
  // An image is a link to it; inside a link it is its description, and without one a word that says what it is.
  for (const image of [...tree.querySelectorAll('img')]) {
    const label = image.alt.trim() || 'Image';
    const link = tree.ownerDocument.createElement('a');
    link.href = image.getAttribute('src') ?? '';
    link.textContent = label;
    image.replaceWith(image.closest('a') ? label : link);
  }
  for (const heading of [...tree.querySelectorAll('h1, h2, h3, h4, h5, h6')]) toLowerHeading(heading);
  // The title of a link is not shown: what a reader decides by is the text and the host.
  for (const link of tree.querySelectorAll('a')) link.removeAttribute('title');
  for (const task of tree.querySelectorAll('input')) task.replaceWith(toTask(task.checked));
  for (const code of tree.querySelectorAll('pre > code')) {
    code.textContent = code.textContent.replace(/\n$/, '');
    code.className = toLanguageClass(code.className.replace('language-', ''));
    if (code.className === '') code.removeAttribute('class');
  }
  return toCanonical(tree);
}

/** The host page and the chat own the upper levels. */
function toLowerHeading(heading: Element): void {
  const depth = Math.min(6, Number(heading.localName.slice(1)) + 2);
  const lower = heading.ownerDocument.createElement(`h${depth}`);
  lower.append(...heading.childNodes);
  heading.replaceWith(lower);
}

/** The bar with language and button is ours. */
function toPlainCode(block: Element): void {
  const { ownerDocument } = block;
  const code = ownerDocument.createElement('code');
  code.textContent = block.querySelector('code')?.textContent ?? '';
  const language = toLanguageClass(block.querySelector('.code-language')?.textContent ?? '');
  if (language) code.className = language;
  const pre = ownerDocument.createElement('pre');
  pre.append(code);
  block.replaceWith(pre);
}

/** The name of a language is for a reader: what is no name is left out. */
const toLanguageClass = (language: string): string => /^[\w+#.-]{1,30}/.exec(language)?.[0] ?? '';

const toTask = (isDone: boolean): string => (isDone ? '☑' : '☐');

function keepOnly(element: Element, ...names: string[]): void {
  for (const { name } of [...element.attributes]) if (!names.includes(name)) element.removeAttribute(name);
}

/** Blanks around and between blocks are not seen, nor how many there are in a row; addresses are written in one way. */
function toCanonical(tree: Element): string {
  for (const link of tree.querySelectorAll('a'))
    link.setAttribute('href', encodeURI(decodeURI(link.getAttribute('href') ?? '')));
  const comments = document.createNodeIterator(tree, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) (comment as Comment).remove();
  tree.normalize();
  return writeDown(tree);
}

const blocks = /^(?:main|body|p|h\d|ul|ol|li|blockquote|pre|hr|table|thead|tbody|tr|th|td)$/;

function writeDown(element: Element): string {
  const parts = [...element.childNodes].map((node) => {
    if (node instanceof Element) return { text: writeElement(node), isBlock: blocks.test(node.localName) };
    return { text: toEscaped(node.textContent ?? '').replace(/[ \t\n\r]+/g, ' '), isBlock: false };
  });
  let written = '';
  for (const [index, { text, isBlock }] of parts.entries()) {
    const isFirst = index === 0 ? blocks.test(element.localName) : parts[index - 1]?.isBlock;
    const isLast = index === parts.length - 1 ? blocks.test(element.localName) : parts[index + 1]?.isBlock;
    const from = isFirst && !isBlock ? text.trimStart() : text;
    written += isLast && !isBlock ? from.trimEnd() : from;
  }
  return written.replace(/<br> /g, '<br>').replace(/ <br>/g, '<br>');
}

function writeElement(element: Element): string {
  const { localName } = element;
  const attributes = [...element.attributes]
    .map(({ name, value }) => ` ${name}="${value}"`)
    .sort()
    .join('');
  if (localName === 'br' || localName === 'hr') return `<${localName}>`;
  if (localName === 'pre') {
    const code = element.querySelector('code');
    return `<pre class="${code?.className ?? ''}">${toEscaped(element.textContent ?? '')}</pre>`;
  }
  const isEmptyBody = localName === 'tbody' && element.children.length === 0;
  return isEmptyBody ? '' : `<${localName}${attributes}>${writeDown(element)}</${localName}>`;
}

const toEscaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
