import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Text } from '../../text.ts';
import { getAt } from './path.ts';
import { nodesOf, treeOf } from './tree.ts';

/** What an entry may name: something else of the same template, or an account. */
export type Ref = 'role' | 'category' | 'block' | 'value' | 'assessor' | 'grade' | 'item' | 'person';

const REFS: Record<string, Ref> = {
  role: 'role',
  propose: 'role',
  approve: 'role',
  approves: 'role',
  category: 'category',
  categories: 'category',
  returnTo: 'block',
  onReject: 'block',
  onFail: 'block',
  block: 'block',
  recuse: 'block',
  during: 'block',
  shows: 'value',
  access: 'value',
  covers: 'value',
  rows: 'value',
  field: 'value',
  'collect.fields': 'value',
  'consultation.into': 'value',
  'indicators.issued': 'value',
  'table.of': 'value',
  'rank.by': 'value',
  'grade.by': 'value',
  'grade.second': 'value',
  'assign.plan': 'value',
  'assign.milestones': 'value',
  'record.values': 'value',
  'record.reason': 'value',
  'former.value': 'value',
  'retarget.date': 'value',
  'retarget.reason': 'value',
  'carry.items': 'value',
  'carry.done': 'value',
  'carry.closed': 'value',
  'carry.answer': 'value',
  'carry.found': 'value',
  'ballots.groups': 'assessor',
  'survey.group': 'assessor',
  'grades.veto': 'grade',
  'quotas.grades': 'grade',
  'alarm.grades': 'grade',
  'grade.grades': 'grade',
  ladder: 'item',
  light: 'item',
  person: 'person',
};

/** What an entry names, by the kind of the object that it is in and the entry that this stands under. */
export const refOf = (entry: string, around: readonly (string | undefined)[]): Ref | undefined =>
  around.map((one) => REFS[`${one}.${entry}`]).find((one) => one !== undefined) ?? REFS[entry];

export interface Candidate {
  value: string;
  name: Text;
}

/** What may be named. */
export function candidatesOf(content: Json, ref: Ref): Candidate[] {
  switch (ref) {
    case 'role':
      return ofRecord(getAt(content, ['roles']));
    case 'category':
      return ofRecord(getAt(content, ['categories']));
    case 'assessor':
      return ofList(getAt(content, ['assessors']));
    case 'grade':
      return ofList(getAt(content, ['grades', 'grades']));
    case 'item':
      return ofList(getAt(content, ['adjustments', 'items']));
    case 'block':
      return ofList([...nodesOf(treeOf(content))].map(({ block }) => block));
    case 'value':
      return valuesOf(content);
    default:
      return [];
  }
}

const textOr = (name: Json | undefined, key: string): Text =>
  isJsonObject(name ?? null) && typeof (name as JsonObject).zh === 'string' && (name as JsonObject).zh !== ''
    ? (name as unknown as Text)
    : { zh: key, en: key };

const ofRecord = (record: Json | undefined): Candidate[] =>
  isJsonObject(record ?? null)
    ? Object.entries(record as JsonObject).map(([value, one]) => ({
        value,
        name: textOr(isJsonObject(one) ? one.name : undefined, value),
      }))
    : [];

const ofList = (list: Json | undefined): Candidate[] =>
  (Array.isArray(list) ? list : []).flatMap((one) =>
    isJsonObject(one) && typeof one.key === 'string' ? [{ value: one.key, name: textOr(one.name, one.key) }] : [],
  );

/** Names that values of a case have: fields of forms, what is computed, what repeats collect. */
function valuesOf(content: Json): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (one: Candidate) => {
    if (!found.has(one.value)) found.set(one.value, one);
  };
  for (const { block } of nodesOf(treeOf(content))) {
    for (const field of ofList(block.fields)) add(field);
    if (typeof block.into === 'string') add({ value: block.into, name: textOr(block.name, block.into) });
    const into = getAt(block, ['collect', 'into']);
    if (typeof into === 'string') add({ value: into, name: textOr(block.name, into) });
  }
  return [...found.values()];
}
