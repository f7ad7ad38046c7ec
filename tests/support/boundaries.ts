import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Something in a source file that the architecture forbids. */
export interface Breach {
  file: string;
  line: number;
  why: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** admin → workflows ← server → prisma: what a folder may import besides itself. */
const mayImport: Record<string, string[]> = {
  workflows: [],
  // The seed data is written in the core's terms.
  prisma: ['workflows'],
  server: ['workflows', 'prisma'],
  admin: ['workflows'],
};

/** The core runs in the browser too, so it gets these packages only. */
const corePackages = new Set([
  'zod',
  'feelin',
  'decimal.js',
  'chinese-days',
  'temporal-polyfill',
  '@bpmn-io/feel-lint',
]);

/** Globals that reach outside a pure function. */
const impure = new Set([
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'localStorage',
]);

/** Every source file of the layers, as paths from the root. */
export const sourceFiles = (): string[] =>
  Object.keys(mayImport).flatMap((layer) =>
    walk(join(root, layer)).map((path) => relative(root, path).replaceAll('\\', '/')),
  );

/** The breaches of one file; its text may be given, to try out the rules. */
export const findBreaches = (file: string, text = readFileSync(join(root, file), 'utf8')): Breach[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kindOf(file));
  const breaches: Breach[] = [];
  const report = (at: number, why: string) =>
    breaches.push({ file, line: source.getLineAndCharacterOfPosition(at).line + 1, why });
  for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
    const why = importBreach(file, fileName);
    if (why) report(pos, why);
  }
  if (layerOf(file) === 'workflows') reportImpurity(source, report);
  return breaches;
};

const importBreach = (file: string, specifier: string): string | undefined => {
  const from = layerOf(file);
  if (specifier.startsWith('.')) {
    const to = layerOf(posix.join(posix.dirname(file), specifier));
    if (to === from || mayImport[from]?.includes(to)) return undefined;
    return `${from} must not import ${to} (${specifier})`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (name === 'xstate')
    return file.startsWith('workflows/machine/') ? undefined : 'xstate belongs to workflows/machine';
  if (from === 'workflows' && !corePackages.has(name)) return `workflows must not import ${specifier}`;
  if (from === 'admin' && specifier.startsWith('node:')) return `admin must not import ${specifier}`;
  return undefined;
};

const reportImpurity = (source: ts.SourceFile, report: (at: number, why: string) => void): void => {
  const visit = (node: ts.Node): void => {
    const text = ts.isPropertyAccessExpression(node) ? node.getText(source).replace(/\s+/g, '') : '';
    if (/^(globalThis\.)?(Date\.now|Math\.random|Temporal\.Now)$/.test(text))
      report(node.getStart(source), `${text} is not pure`);
    if (isDateWithoutArguments(node)) report(node.getStart(source), 'a Date without arguments reads the clock');
    if (ts.isIdentifier(node) && impure.has(node.text) && isFreeName(node)) {
      report(node.getStart(source), `${node.text} reaches outside`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
};

const isDateWithoutArguments = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'Date' &&
  (node.arguments?.length ?? 0) === 0;

/** A name that is used as a value, not a property, a key, a declaration or a type. */
const isFreeName = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === node;
  return false;
};

const layerOf = (path: string): string => posix.normalize(path).split('/')[0] ?? '';

const kindOf = (file: string): ts.ScriptKind => (file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

const walk = (folder: string): string[] =>
  list(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(relative(root, path)) ? [] : walk(path);
    return /\.(ts|tsx|mts|js|mjs|jsx)$/.test(entry.name) ? [path] : [];
  });

const skipped = new Set([join('prisma', 'client'), join('admin', 'dist'), join('admin', 'node_modules')]);

const list = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
};
