import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { z } from 'zod';
import { scoreDataSchema } from '../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import { type Rule, ruleSchema } from '../../../workflows/scoring/rule.ts';
import { explainInWords } from '../../../workflows/scoring/words.ts';
import { isGreen } from '../../../workflows/template/lint/index.ts';
import type { Text } from '../../../workflows/text.ts';
import { makePool, openDatabase } from '../../db/index.ts';
import { decodeUtf8, parseStrictJson } from '../../http/json.ts';
import { problem } from '../../http/problem.ts';
import { validate } from '../../http/validate.ts';
import { readScore } from '../../scoring/read.ts';
import { readSettings } from '../../settings/index.ts';
import { toldError } from '../../toldError.ts';
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
  toldError(id, title, { hint, ...(errors && { errors }) });

const explain: CommandModule = {
  usage: 'explain <case>',
  text: {
    zh: '逐行说明一个单位的得分从何而来（流程编号；--language zh|en）',
    en: "tell line by line how a unit's score came about (id of its case; --language zh|en)",
  },
  configure: (command) => {
    command
      .option('--block <key>', '哪个计分区块，缺省为最后一个 / which score block, by default the last')
      .addOption(
        new Option('--lang, --language <language>', '说明的语言 / language of the words').choices(['zh', 'en']),
      )
      .addHelpText('after', '\n  bihuan score explain 0199… --lang en\n  bihuan score explain 0199… --json');
  },
  run: async ({ args: [caseId = ''], options, output }) => {
    if (!z.uuid().safeParse(caseId).success) throw problem('case.unknown');
    const database = await openDatabase(readSettings(), { notice: (zh, en) => output.note({ zh, en }) });
    const pool = makePool(database.url, { max: 1, name: 'explain' });
    try {
      const language = options.language === 'zh' || options.language === 'en' ? options.language : output.language;
      const block = typeof options.block === 'string' ? options.block : undefined;
      const found = await readScore(pool, caseId, language, block);
      const { words, ...rest } = found;
      output.result({ ...rest, words }, [`${found.org.name}  ${found.block.name[language]}`, ...words]);
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

const score: CommandModule = {
  usage: 'score',
  text: { zh: '计分与得分说明', en: 'evaluate scoring rules, explain scores' },
  commands: [evaluate, explain],
};

export default score;
