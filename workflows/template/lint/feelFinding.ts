import { type FeelProblem, MAX_FEEL } from './feel.ts';
import { error, type Finding, text } from './finding.ts';

/** A problem of an expression as a finding; whose name it does not know, its caller says. */
export function feelFinding({ id, what }: Exclude<FeelProblem, { id: 'name' }>, path: string): Finding {
  switch (id) {
    case 'tooLong':
      return error(
        'feel.tooLong',
        path,
        text(
          `表达式有 ${what} 个字符，最多 ${MAX_FEEL} 个。`,
          `The expression has ${what} characters; at most ${MAX_FEEL}.`,
        ),
        text('拆成几个计算区块。', 'Split it into several compute blocks.'),
      );
    case 'syntax':
      return error(
        'feel.syntax',
        path,
        text(`第 ${what} 个字符处读不懂。`, `Cannot be read at character ${what}.`),
        text(
          '按 FEEL 语法改正，如 score >= 60 and count(rows) > 0。',
          'Correct it by FEEL, as in score >= 60 and count(rows) > 0.',
        ),
      );
    case 'entry':
      return error(
        'feel.entry',
        path,
        text(`没有“${what}”这一项。`, `There is no "${what}" in it.`),
        text(
          '检查表的列名或参评单位、周期的属性。',
          'Check the columns of the table, or the properties of participant, period or item.',
        ),
      );
    case 'function':
      return error(
        'feel.function',
        path,
        text(`没有函数“${what}”。`, `There is no function "${what}".`),
        text('只能用 FEEL 的内置函数。', 'Use the functions of FEEL.'),
      );
    case 'forbidden':
      return error(
        'feel.forbidden',
        path,
        text(`模板里不能用“${what}”。`, `"${what}" may not be used in a template.`),
        text(
          '流程不看时钟：日期用期限或等待区块；文字用 contains、starts with。',
          'A case reads no clock: use deadlines or waits for dates; contains and starts with for text.',
        ),
      );
    case 'range':
      return error(
        'feel.range',
        path,
        text(`不能对数字范围“${what}”循环。`, `A loop over the range "${what}" is not allowed.`),
        text('对表的行循环。', 'Loop over the rows of a table.'),
      );
    case 'types':
      return error(
        'feel.types',
        path,
        text(
          `“${what}”两边的类型不同，永远不成立。`,
          `"${what}" puts values of different types together; it never holds.`,
        ),
        text(
          '数字与数字比，文字与文字比；日期字段先写成 date(字段)。',
          'Compare numbers with numbers, text with text; write date(field) for a date.',
        ),
      );
    case 'option':
      return error(
        'feel.option',
        path,
        text(`“${what}”不是可选的值，永远不相等。`, `"${what}" is none of the options, so it is never equal.`),
        text('用选项的 value。', 'Use the value of an option.'),
      );
  }
}
