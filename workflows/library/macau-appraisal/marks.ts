import type { Field } from '../../template/field.ts';
import { boolean, decimal, must } from '../parts/fields.ts';

type Mark = Extract<Field, { type: 'decimal' }>;

/** A mark from 1 (不满意) to 5 (优异). */
const mark = (key: string, zh: string, en: string, required = false): Mark =>
  decimal(key, zh, en, { min: '1', max: '5', places: 1, required });

/** Core: every post is appraised by these. That there are eleven in three kinds is the source's; their names are examples. */
export const CORE: Mark[] = [
  mark('effectiveness', '工作成效', 'Effectiveness', true),
  mark('responsibility', '责任感', 'Sense of responsibility', true),
  mark('improvement', '不断改善工作', 'Continuous improvement', true),
  mark('adaptability', '适应性与灵活性', 'Adaptability', true),
  mark('relations', '工作上的人际关系', 'Relations at work', true),
];

/** Situational: for posts that meet the situation. */
export const SITUATIONAL: Mark[] = [
  mark('publicContact', '与公众的关系', 'Relations with the public'),
  mark('resources', '资源管理', 'Management of resources'),
  mark('teamwork', '团队工作', 'Teamwork'),
];

/** Functional: chosen by the post. */
export const FUNCTIONAL: Mark[] = [
  mark('initiative', '工作主动性', 'Initiative'),
  mark('innovation', '创新及创造力', 'Innovation and creativity'),
  mark('coordination', '协调及领导能力', 'Coordination and leadership'),
];

export const MARKS: Mark[] = [...CORE, ...SITUATIONAL, ...FUNCTIONAL];

/** Those that are agreed on, post by post. */
export const CHOSEN: Mark[] = [...SITUATIONAL, ...FUNCTIONAL];

/** The field in which it is agreed whether an indicator applies to the post. */
export const appliesKey = ({ key }: Mark): string => `${key}Applies`;
export const applies = (one: Mark): Field =>
  boolean(appliesKey(one), `适用“${one.name.zh}”`, `"${one.name.en}" applies`, must);

/** Under this name stands the mark that counts: nothing (N/A) where the indicator does not apply to the post. */
export const countedKey = ({ key }: Mark): string => `${key}Mark`;
