import type { z } from 'zod';
import type { Text } from '../../text.ts';
import { error, type Finding, pathText, text } from './finding.ts';

type Issue = z.core.$ZodIssue;

const HINT = text('请对照模板说明改正。', 'Correct it by the description of the template language.');

/** What the schema says against a template, as findings. */
export function findingsOf(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Finding[] {
  return issues.flatMap((issue) => findingOf(issue, [...prefix, ...issue.path]));
}

function findingOf(issue: Issue, path: readonly PropertyKey[]): Finding[] {
  const at = pathText(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        error(
          'schema.unknownKey',
          pathText([...path, key]),
          text(`这里没有名为“${key}”的属性。`, `There is no property "${key}" here.`),
          text('删除它，或检查拼写。', 'Remove it, or check the spelling.'),
        ),
      );
    case 'invalid_union': {
      const best = bestOf(issue.errors);
      if (best) return findingsOf(best, path);
      return [
        error(
          'schema.value',
          at,
          text('这里的取值或类型不被识别。', 'This is none of the values or types allowed here.'),
          text('检查 type 或 kind 属性。', 'Check the property type or kind.'),
        ),
      ];
    }
    case 'invalid_key':
      return [error('schema.key', at, text('名称不合规定。', 'The name is not allowed.'), keyHint)];
    default:
      return [error(ids[issue.code] ?? 'schema.value', at, reasonOf(issue), hintOf(issue))];
  }
}

/** Of the shapes that a value could have had, the one that it comes nearest to. */
function bestOf(options: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  // Of another type altogether is farthest away.
  const cost = (issues: readonly Issue[]) =>
    issues.reduce(
      (sum, issue) =>
        sum +
        (issue.code === 'unrecognized_keys'
          ? issue.keys.length
          : issue.code === 'invalid_type' && issue.path.length === 0
            ? 100
            : 1),
      0,
    );
  return options.filter((issues) => issues.length > 0).toSorted((a, b) => cost(a) - cost(b))[0];
}

const ids: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'schema.type',
  too_small: 'schema.tooSmall',
  too_big: 'schema.tooBig',
  invalid_format: 'schema.format',
  invalid_value: 'schema.value',
};

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '对象',
  record: '对象',
};

/** A text that must say something, and says nothing yet. */
const isEmpty = (issue: Issue): boolean =>
  issue.code === 'too_small' && issue.origin === 'string' && Number(issue.minimum) === 1;

function reasonOf(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? text('缺少这一项。', 'This is missing.')
        : text(`应为${TYPES[issue.expected] ?? issue.expected}。`, `Must be ${issue.expected}.`);
    case 'too_small':
      if (isEmpty(issue)) return text('这里还没有填写。', 'This is still empty.');
      return text(`太少或太短：至少 ${issue.minimum}。`, `Too few, small or short: at least ${issue.minimum}.`);
    case 'too_big':
      return text(`太多或太长：最多 ${issue.maximum}。`, `Too many, big or long: at most ${issue.maximum}.`);
    case 'invalid_value':
      return text(
        `只能是：${issue.values.map(String).join('、')}。`,
        `Must be one of: ${issue.values.map(String).join(', ')}.`,
      );
    case 'invalid_format':
      return text(
        '写法不对。',
        `Not written as it must be${issue.message.startsWith('Invalid') ? '' : `: ${issue.message}`}.`,
      );
    default:
      return text('取值不对。', `Wrong value: ${issue.message}.`);
  }
}

const keyHint = text(
  '名称只用字母、数字和“_”（区块名还可用“-”），以字母开头，最长 64 个字符。',
  'Use letters, digits and "_" (in keys of blocks also "-"), starting with a letter, at most 64.',
);

const hintOf = (issue: Issue): Text => {
  if (isEmpty(issue)) return text('填写它。', 'Fill it in.');
  if (issue.code === 'invalid_format') {
    if (/^(key|name):/.test(issue.message)) return keyHint;
    if (issue.message === 'MM-DD') return text('写成“月-日”，如 03-31。', 'Write month and day, like 03-31.');
    return text('数字写成文字，如 "0.6"。', 'Write numbers as text, like "0.6".');
  }
  return HINT;
};
