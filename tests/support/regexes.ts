import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { sourceFiles } from './boundaries.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A regular expression of the source. */
export interface SourceRegex {
  place: string;
  source: string;
  flags: string;
}

/** Expressions that are put together from parts: they must be named here with a reason to be left out. */
export interface BuiltRegex {
  place: string;
  text: string;
}

/** Every regular expression of the layers: written out, made from fixed text, and, apart, made from something else. */
export const sourceRegexes = (): { fixed: SourceRegex[]; built: BuiltRegex[] } => {
  const fixed: SourceRegex[] = [];
  const built: BuiltRegex[] = [];
  for (const file of sourceFiles()) {
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(
      file,
      text,
      ts.ScriptTarget.Latest,
      true,
      file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    );
    const placeOf = (node: ts.Node) =>
      `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        fixed.push({ place: placeOf(node), source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      if (
        (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
        ts.isIdentifier(node.expression) &&
        node.expression.text === 'RegExp'
      ) {
        const [pattern, flags] = node.arguments ?? [];
        if (pattern && ts.isStringLiteralLike(pattern))
          fixed.push({
            place: placeOf(node),
            source: pattern.text,
            flags: flags && ts.isStringLiteralLike(flags) ? flags.text : '',
          });
        else built.push({ place: placeOf(node), text: node.getText(source) });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { fixed, built };
};
