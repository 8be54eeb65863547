/** One file of the planted tree: a fault that lint must see, or a neighbour that it must let pass. */
export interface PlantedFile {
  /** Inside the tree, as if it stood in the repository. */
  path: string;
  code: string;
  /** Rule that must report the file; undefined: none may. */
  rule?: string | undefined;
  /** Part of the reason that the report must give. */
  reason?: RegExp | undefined;
}

const boundary = 'lint/style/noRestrictedImports';
const imports = (specifier: string): string => `export * from '${specifier}';\n`;
const client = (file: string): string => `packages/client/src/${file}.ts`;
const widget = (file: string): string => `packages/widget/src/${file}.ts`;
const server = (file: string): string => `packages/server/src/${file}.ts`;

const forbiddenImports: [path: string, specifier: string, reason: RegExp][] = [
  [client('protocol/planted-errors'), '../errors/nova-error.js', /protocol .* imports nothing/],
  [client('protocol/planted-library'), 'undici', /protocol .* imports nothing/],
  [client('errors/planted'), '../stream/x.js', /protocol only/],
  [client('errors/planted-library'), 'undici', /Only transport/],
  [client('errors/planted-options'), '../options/x.js', /protocol only/],
  [client('options/planted'), '../resources/x.js', /errors only/],
  [client('options/planted-library'), 'undici', /errors only/],
  [client('stream/planted'), '../transport/transport.js', /where they come from/],
  [client('stream/planted-library'), 'p-retry', /Only retry/],
  [client('retry/planted'), '../resources/x.js', /retry decides/],
  [client('retry/planted-library'), 'eventsource-parser/stream', /Only stream/],
  [client('transport/planted'), '../retry/x.js', /no retry, no parsing/],
  [client('transport/planted-library'), 'eventsource-parser', /Only stream/],
  [client('resources/planted-undici'), 'undici', /Only transport/],
  [client('resources/planted-sse'), 'eventsource-parser', /Only stream/],
  [client('resources/planted-retry'), 'p-retry', /Only retry/],
  [client('resources/planted'), '../conversation/index.js', /stands on top/],
  [client('conversation/planted'), '../transport/transport.js', /headless/],
  [client('conversation/planted-library'), 'undici', /Only transport/],
  [client('testing/planted'), '../resources/x.js', /stands in for a transport/],
  [client('planted-root'), 'undici', /Only transport/],
  [widget('elements/planted-client'), '@nova-chat/client', /never speak to the network/],
  [widget('elements/planted-stream'), '@nova-chat/client/stream', /never speak to the network/],
  [widget('elements/planted-marked'), 'marked', /Only markdown/],
  [widget('elements/planted-server'), '@nova-chat/server', /HTTP only/],
  [widget('features/planted-client'), '@nova-chat/client', /never speak to the network/],
  [widget('features/wait/planted-node'), '@nova-chat/client/node', /never speak to the network/],
  [widget('features/wait/planted'), '../../nova-chat/nova-chat.js', /FeatureHost alone/],
  [widget('features/wait/planted-other'), '../go-on/x.js', /knows no other one/],
  [widget('features/wait/deep/planted'), '../../go-on/x.js', /knows no other one/],
  [widget('features/shared/planted'), '../go-on/x.js', /knows no other one/],
  [widget('markdown/planted'), '../elements/x.js', /neither conversation nor elements/],
  [widget('markdown/planted-client'), '@nova-chat/client', /neither conversation nor elements/],
  [server('routes/planted'), '../providers/site/x.js', /decided in chat/],
  [server('routes/planted-pool'), '@nova-chat/client/node', /never calls an upstream/],
  [server('chat/planted'), '../providers/openai/x.js', /only by the interface/],
  [server('chat/planted-route'), '../routes/x.js', /does not know HTTP/],
  [server('chat/planted-hono'), 'hono', /does not know HTTP/],
  [server('providers/site/planted'), '../openai/x.js', /stands alone/],
  [server('providers/site/planted-route'), '../../routes/x.js', /stands alone/],
  [server('providers/site/deep/planted'), '../../openai/x.js', /stands alone/],
  [server('providers/openai/planted-undici'), 'undici', /pool and stream reader/],
  [server('routing/planted'), '../providers/site/x.js', /state machines/],
  [server('content/planted'), '../providers/site/x.js', /imports no room/],
  [server('config/planted'), '../chat/x.js', /reads the environment/],
  [server('http/planted'), '../providers/provider.js', /every route needs/],
  [server('observe/planted'), '../http/x.js', /writes what it is given/],
  [server('errors/planted'), '../http/x.js', /thrown everywhere/],
  [server('redis/planted'), '../routing/x.js', /is a connection/],
  [server('pages/planted'), '../routes/x.js', /show the content/],
];

const allowedImports: [path: string, specifier: string][] = [
  [client('errors/allowed'), '../protocol/index.js'],
  [client('options/allowed'), '../errors/x.js'],
  [client('stream/allowed'), 'eventsource-parser'],
  [client('retry/allowed'), 'p-retry'],
  [client('transport/allowed-undici'), 'undici'],
  [client('resources/allowed'), '../stream/x.js'],
  [client('conversation/allowed'), '../protocol/index.js'],
  [server('http/allowed'), '../observe/x.js'],
  [server('pages/allowed'), '../content/x.js'],
  [widget('elements/allowed'), '@nova-chat/client/conversation'],
  [widget('features/wait/allowed'), '../feature.js'],
  [widget('features/wait/allowed-shared'), '../shared/x.js'],
  [widget('features/wait/allowed-stream'), '@nova-chat/client/stream'],
  [widget('features/wait/allowed-markdown'), '../../markdown/x.js'],
  [widget('features/wait/deep/allowed'), '../../feature.js'],
  [widget('features/wait/deep/allowed-shared'), '../../shared/x.js'],
  [widget('features/wait/deep/allowed-markdown'), '../../../markdown/x.js'],
  [widget('features/allowed-list'), './wait/x.js'],
  [widget('markdown/allowed'), 'marked'],
  [widget('nova-chat/allowed'), '@nova-chat/client'],
  [server('routes/allowed'), '../chat/x.js'],
  [server('chat/allowed'), '../providers/provider.js'],
  [server('providers/site/allowed'), '../provider.js'],
  [server('providers/site/allowed-content'), '../../content/x.js'],
  [server('providers/site/deep/allowed'), '../../provider.js'],
  [server('providers/openai/allowed'), '@nova-chat/client/stream'],
];

const doors: [name: string, code: string][] = [
  ['relative', imports('../../../client/src/index.js')],
  ['built', imports('../../client/dist/index.js')],
  ['by-name', imports('@nova-chat/client/src/index.js')],
  ['dynamic', `export const load = () => import('@nova-chat/client/dist/index.js');\n`],
];

const setter = (statement: string): string =>
  `export const render = (element: HTMLElement, text: string): void => {\n  ${statement}\n};\n`;
const template = (markup: string): string => `export const view = (text: string): unknown => html\`${markup}\`;\n`;

const sinks: [name: string, code: string, reason: RegExp][] = [
  ['inner-html', setter('element.innerHTML = text;'), /HTML sink/],
  ['inner-html-append', setter('element.innerHTML += text;'), /HTML sink/],
  ['inner-html-computed', setter(`element['innerHTML'] = text;`), /HTML sink/],
  ['inner-html-assign', setter('Object.assign(element, { innerHTML: text });'), /HTML sink/],
  ['outer-html', setter('element.outerHTML = text;'), /HTML sink/],
  ['adjacent', setter(`element.insertAdjacentHTML('beforeend', text);`), /HTML sink/],
  ['set-html-unsafe', setter('element.setHTMLUnsafe(text);'), /HTML sink/],
  ['fragment', setter('document.createRange().createContextualFragment(text);'), /HTML sink/],
  ['srcdoc', setter('Object.assign(element, { srcdoc: text });'), /HTML sink/],
  ['write', setter('document.write(text);'), /document\.write/],
  ['write-window', setter('window.document.writeln(text);'), /document\.writeln/],
  ['function', setter('new Function(text)();'), /becomes code/],
  ['function-call', setter('Function(text)();'), /becomes code/],
  ['style-attribute', setter(`element.setAttribute('style', text);`), /style-src/],
  ['style-element', setter(`document.head.append(document.createElement('style'), text);`), /style-src/],
  ['template-property', template('<p .innerHTML=$' + '{text}></p>'), /HTML sink/],
  ['template-style', template('<p style="color: red"></p>'), /style attributes/],
  ['template-style-line', template('\n  <p\n    style=$' + '{text}></p>'), /style attributes/],
  ['unsafe-html', imports('lit/directives/unsafe-html.js'), /as markup/],
  ['unsafe-svg', imports('lit/directives/unsafe-svg.js'), /as markup/],
  ['unsafe-dynamic', `export const load = () => import('lit/directives/unsafe-html.js');\n`, /as markup/],
  ['style-map', imports('lit/directives/style-map.js'), /styleMap/],
];

/** Every planted file: each boundary and each sink once, with the neighbours that must stay green. */
export const plantedFiles: PlantedFile[] = [
  ...forbiddenImports.map(([path, specifier, reason]) => ({
    path,
    code: imports(specifier),
    rule: boundary,
    reason,
  })),
  ...allowedImports.map(([path, specifier]) => ({ path, code: imports(specifier) })),
  ...doors.map(([name, code]) => ({ path: server(`http/door-${name}`), code, rule: 'plugin', reason: /doors/ })),
  ...sinks.map(([name, code, reason]) => ({ path: widget(`elements/sink-${name}`), code, rule: 'plugin', reason })),
  { path: widget('elements/sink-eval'), code: setter('eval(text);'), rule: 'lint/security/noGlobalEval' },
  { path: widget('elements/sink-none'), code: template('<p class="style" data-kind=$' + '{text}>$' + '{text}</p>') },
  {
    path: server('chat/planted-environment'),
    code: 'export const port: string | undefined = process.env.PORT;\n',
    rule: 'lint/style/noProcessEnv',
  },
  {
    path: client('resources/planted-builtin'),
    code: imports('node:fs'),
    rule: 'lint/correctness/noNodejsModules',
  },
  {
    path: client('resources/planted-cycle-a'),
    code: imports('./planted-cycle-b.js'),
    rule: 'lint/suspicious/noImportCycles',
  },
  {
    path: client('resources/planted-cycle-b'),
    code: imports('./planted-cycle-a.js'),
    rule: 'lint/suspicious/noImportCycles',
  },
  {
    path: client('resources/planted-dependency'),
    code: imports('zod'),
    rule: 'lint/correctness/noUndeclaredDependencies',
  },
  {
    path: client('resources/planted-lines'),
    code: Array.from({ length: 301 }, (_, index) => `export const line${index} = ${index};\n`).join(''),
    rule: 'lint/style/noExcessiveLinesPerFile',
  },
  {
    path: client('resources/planted-function'),
    code: `export function long(): void {\n${"  performance.mark('x');\n".repeat(61)}}\n`,
    rule: 'lint/complexity/noExcessiveLinesPerFunction',
  },
  {
    path: client('resources/planted-parameters'),
    code: 'export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
    rule: 'lint/complexity/useMaxParams',
  },
  {
    path: client('resources/PlantedName'),
    code: 'export const name = 1;\n',
    rule: 'lint/style/useFilenamingConvention',
  },
  { path: client('resources/planted-any'), code: 'export type Any = any;\n', rule: 'lint/suspicious/noExplicitAny' },
];
