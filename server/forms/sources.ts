import type { Source } from '../../workflows/template/sources.ts';
import { benchmarkRows, yearRows } from '../indicators/compared.ts';
import { dueRows, ownedRows, planRows, recordedRows } from '../indicators/given.ts';
import { contentRows, keyTaskRows } from '../indicators/keyTasks.ts';
import { saidInPublic } from '../public/consultation.ts';
import { mustCheck, problems } from '../rectification/problems.ts';
import { earlierRows } from './earlier.ts';
import type { Given } from './given.ts';

/** Where the rows of tables come from. */
export const sources: Readonly<Partial<Record<Source, Given>>> = {
  plan: planRows,
  due: dueRows,
  owned: ownedRows,
  mustCheck,
  problems,
  recorded: recordedRows,
  consultation: saidInPublic,
  earlier: earlierRows,
  benchmark: benchmarkRows,
  years: yearRows,
  keyTasks: keyTaskRows,
  contents: contentRows,
};
