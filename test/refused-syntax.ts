import { type Node, parse } from 'acorn';

type Any = Node & Record<string, unknown>;

const isNode = (value: unknown): value is Any =>
  typeof value === 'object' && value !== null && 'type' in value;

/** What the compiler does not look into for a chain of promises. */
const SCOPE = /Function|^BlockStatement$/;

/** What a chain such as `a.b[0].c` begins with. */
const rootOf = (node: Any): unknown => (isNode(node.object) ? rootOf(node.object) : node.name);

const isCallOf = (node: unknown, name: RegExp): boolean =>
  isNode(node) &&
  node.type === 'CallExpression' &&
  isNode(node.callee) &&
  isNode(node.callee.property) &&
  name.test(String(node.callee.property.name));

/** What a piece of syntax is called where @openfn/compiler (1.2.5) fails on it, or makes something else of it. */
const RULES: [called: string, is: (node: Any, isTop: boolean) => boolean][] = [
  ['catch without a binding', ({ type, param }) => type === 'CatchClause' && param === null],
  ['a class field', ({ type }) => type === 'PropertyDefinition'],
  ['a private name', ({ type }) => type === 'PrivateIdentifier'],
  ['a BigInt', ({ type, bigint }) => type === 'Literal' && bigint !== undefined],
  [
    'a number with underscores',
    ({ type, value, raw }) =>
      type === 'Literal' && typeof value === 'number' && /_/.test(String(raw)),
  ],
  ['a property of $', (node) => node.type === 'MemberExpression' && rootOf(node) === '$'],
  [
    'a call at the top, which becomes an operation',
    (node, isTop) => {
      return isTop && node.type === 'ExpressionStatement' && isCall(node.expression);
    },
  ],
  [
    'then or catch at the top, which is deferred',
    (node, isTop) => {
      return isTop && isCallOf(node, /^(then|catch)$/);
    },
  ],
];

const isCall = (node: unknown): boolean => isNode(node) && node.type === 'CallExpression';

const visit = (value: unknown, isTop: boolean, found: Set<string>): void => {
  if (Array.isArray(value)) for (const each of value) visit(each, isTop, found);
  if (!isNode(value)) return;
  for (const [called, is] of RULES) if (is(value, isTop)) found.add(called);
  const stays = isTop && !SCOPE.test(value.type);
  for (const child of Object.values(value)) visit(child, stays, found);
};

/** What a job has of the syntax that OpenFn's compiler does not leave as it is. */
export const refusedSyntax = (code: string): string[] => {
  const found = new Set<string>();
  visit(parse(code, { sourceType: 'module', ecmaVersion: 'latest' }), true, found);
  return [...found];
};
