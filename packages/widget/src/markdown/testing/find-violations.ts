const allowedElements = new Set(
  'a b blockquote br button code del div em h3 h4 h5 h6 hr li ol p pre span strong table tbody td th thead tr ul'.split(
    ' ',
  ),
);
const allowedAttributes = new Set(
  'href rel target class role aria-label tabindex part type scope start data-copied data-live'.split(' '),
);
const allowedClass = /^(?:block code|block table|code-[a-z-]+|task|task-item|host|raw|align-(?:left|center|right))$/;
const allowedSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Lists what must not be in rendered Markdown: elements, attributes, classes and links that are not ours to make. */
export function findViolations(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const name = element.localName;
    const violations = allowedElements.has(name) ? [] : [`<${name}>`];
    for (const { name: attribute, value } of element.attributes) {
      if (!allowedAttributes.has(attribute)) violations.push(`${name} ${attribute}`);
      if (attribute === 'class' && !allowedClass.test(value)) violations.push(`${name} class=${value}`);
      if (attribute === 'href' && !isAllowedLink(element, value)) violations.push(`${name} href=${value}`);
    }
    return violations;
  });
}

function isAllowedLink(element: Element, href: string): boolean {
  if (href.startsWith('#')) return true;
  const isGuarded = element.getAttribute('rel') === 'noopener noreferrer nofollow ugc';
  return isGuarded && URL.canParse(href) && allowedSchemes.has(new URL(href).protocol);
}
