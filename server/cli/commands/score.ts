import { readFile } from 'node:fs/promises';
import { scoreDataSchema } from '../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import { type Rule, ruleSchema } from '../../../workflows/scoring/rule.ts';
import { explainInWords } from '../../../workflows/scoring/words.ts';
import { isGreen } from '../../../workflows/template/lint/index.ts';
import type { Text } from '../../../workflows/text.ts';
import { decodeUtf8, parseStrictJson } from '../../http/json.ts';
import { validate } from '../../http/validate.ts';
import type { CommandModule } from '../command.ts';

const evaluate: CommandModule = {
  usage: 'eval <rule> <data>',
  text: {
    zh: '用计分规则（JSON 文件）给数据（JSON 文件）计分，逐行说明得分从何而来',
    en: 'score data (JSON file) by a rule (JSON file), and tell line by line how the score came about',
  },
  configure: (command) => {
    command.addHelpText('after', '\n  bihuan score eval rule.json data.json --json');
  },
  run: async ({ args: [ruleFile = '', dataFile = ''], output }) => {
    const rule = greenRule(await readJson(ruleFile));
    const data = validate(scoreDataSchema, await readJson(dataFile));
    const { value, veto, explanation } = evaluateRule(rule, data);
    output.result({ value, ...(veto && { veto }), explanation }, explainInWords(explanation, output.language));
  },
};

function greenRule(content: unknown): Rule {
  const findings = lintRule(content);
  if (isGreen(findings)) return ruleSchema.parse(content);
  const errors = findings
    .filter((finding) => finding.severity === 'error')
    .map(({ path, reason }) => ({ path, message: reason }));
  throw refusal(
    'score.rule',
    { zh: '计分规则有误，没有计分', en: 'the scoring rule is wrong, nothing was scored' },
    { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
    errors,
  );
}

async function readJson(file: string): Promise<unknown> {
  const bytes = await readFile(file).catch(() => {
    throw refusal(
      'score.file',
      { zh: `读不到文件 ${file}`, en: `the file ${file} cannot be read` },
      { zh: '请检查路径', en: 'check the path' },
    );
  });
  return parseStrictJson(decodeUtf8(bytes));
}

const refusal = (id: string, title: Text, hint: Text, errors?: { path: string; message: Text }[]): Error =>
  Object.assign(new Error(title.en), { id, title, hint, ...(errors && { errors }) });

const score: CommandModule = {
  usage: 'score',
  text: { zh: '计分与得分说明', en: 'evaluate scoring rules, explain scores' },
  commands: [evaluate],
};

export default score;
