import { isCleanText } from '../key.ts';
import { error, type Finding, pathText, text } from './finding.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** Lists and objects inside each other; nine levels of blocks need about half. */
const MAX_DEPTH = 64;
/** Values of all kinds in a template; the largest shipped one has a tenth. */
const MAX_VALUES = 50_000;

/** What no schema looks at: depth, size, keys that JavaScript takes for its own, invisible characters. */
export function rawFindings(content: unknown): Finding[] {
  const findings: Finding[] = [];
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value: content, path: [] }];
  let seen = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    seen += 1;
    if (seen > MAX_VALUES || path.length > MAX_DEPTH)
      return [
        error(
          'template.size',
          pathText(path.slice(0, 6)),
          text('模板太大或层次太深。', 'The template is too large or too deep.'),
          text('拆成几个模板，或减少嵌套。', 'Split it, or nest less.'),
        ),
      ];
    if (typeof value === 'string' && !isCleanText(value)) findings.push(unclean(path));
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i -= 1) open.push({ value: value[i], path: [...path, i] });
      continue;
    }
    for (const key of Object.keys(value).reverse()) {
      if (FORBIDDEN.has(key))
        findings.push(
          error(
            'key.forbidden',
            pathText([...path, key]),
            text(`“${key}”不能用作名称。`, `"${key}" may not be used as a name.`),
            text('换一个名称。', 'Choose another name.'),
          ),
        );
      else {
        if (!isCleanText(key)) findings.push(unclean([...path, key]));
        open.push({ value: (value as Record<string, unknown>)[key], path: [...path, key] });
      }
    }
  }
  return findings;
}

const unclean = (path: PropertyKey[]): Finding =>
  error(
    'text.unclean',
    pathText(path),
    text('含有不可见字符，或未按 Unicode NFC 规范化。', 'Has invisible characters, or is not in Unicode form NFC.'),
    text(
      '重新输入这段文字，不要从带格式的文档粘贴。',
      'Type the text again instead of pasting it from a formatted document.',
    ),
  );
