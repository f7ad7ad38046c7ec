import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { DECIDES } from '../../workflows/machine/assign.ts';
import type { ActEvent, CaseEvent } from '../../workflows/machine/context.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { editedNames, formFields, shownNames } from '../../workflows/template/access.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { checkValues, type ValueError } from '../../workflows/template/form.ts';
import { REPORTED } from '../../workflows/template/sources.ts';
import type { Definitions } from '../cases/definitions.ts';
import { overPrisma } from '../db/sql.ts';
import type { Applied, Engine } from '../engine/index.ts';
import { checkGiven, givenRows } from '../forms/given.ts';
import type { Database, Deps } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { planErrors } from '../indicators/checkPlan.ts';
import { reportErrors } from '../indicators/checkReport.ts';
import { cameBack } from '../indicators/submitted.ts';
import { checkPeople } from '../talk/people.ts';
import { type FoundTask, partsOf } from './find.ts';
import type { Act } from './schema.ts';

/** What preparing an act reads. */
export interface Preparing {
  db: Database;
  engine: Pick<Engine, 'read'>;
  definitions: Definitions;
  calendar: Calendar;
  now: Date;
}

const NOTHING_TO_SEND: FieldError = {
  path: 'cc',
  message: { zh: '此操作不作决定，没有可抄送的结果', en: 'this decides nothing that could be sent' },
};

/** The step that an act asks for, its form checked against the template and against what it refers to. */
export const prepareAct = async (
  preparing: Preparing,
  task: FoundTask,
  act: Act,
  { actor, principal }: { actor: string; principal: string | undefined },
): Promise<ActEvent | Extract<CaseEvent, { type: 'retrieve' }>> => {
  const { db, engine } = preparing;
  if (act.cc !== undefined) {
    if (!DECIDES.has(act.action)) throw problem('input.invalid', { errors: [NOTHING_TO_SEND] });
    await checkPeople(db, act.cc, 'cc', actor);
  }
  const who = { actor, ...(principal !== undefined && { onBehalfOf: principal }) };
  const reason = act.reason === undefined ? {} : { reason: act.reason };
  if (act.action === 'retrieve') {
    const { context } = await engine.read(task.case_id);
    const decided = task.closed_by === actor || context.done[task.block]?.by === (principal ?? actor);
    // The block has been left: what is taken back is its decision, and the case goes back to it.
    if (decided && !context.live[task.block]?.seats?.some(({ n }) => n === task.seat))
      return { type: 'retrieve', block: task.block, ...who, ...reason };
  }
  const event: ActEvent = { type: 'act', seat: task.seat, action: act.action, ...who, ...reason };
  if (act.to !== undefined) event.to = await checkPerson(db, act.to);
  if (act.cc !== undefined) event.cc = act.cc;
  if (act.block !== undefined) event.block = act.block;
  if (act.target !== undefined) event.target = act.target;
  if (act.action === 'submit' || act.action === 'approve') {
    const values = await checkForm(preparing, task, act.values ?? {}, act.reason);
    if (Object.keys(values).length > 0) event.values = values;
  }
  return event;
};

/** The engine's key is unique within a case; people choose theirs without knowing each other. */
export const engineKey = (actor: string, key: string): string => `${actor}/${key}`;

/** Keeps what is half filled in; nothing is required of it, but it must fit its fields. */
export const saveDraft = async (
  db: Database,
  task: FoundTask,
  values: Record<string, unknown>,
  definitions: Definitions,
): Promise<void> => {
  if (task.state !== 'open') throw problem('task.closed', { outcome: task.outcome ?? task.state });
  if (!task.mine) throw problem('task.notYours');
  const { fields } = await blockOf(task, definitions);
  const checked = checkValues(fields, values, { draft: true });
  if (checked.errors.length > 0) throw problem('form.invalid', { errors: checked.errors });
  const { count } = await db.task.updateMany({
    where: { caseId: task.case_id, seat: task.seat, state: 'open' },
    data: { draft: checked.values as object },
  });
  if (count === 0) throw problem('task.closed');
};

const blockOf = async (task: FoundTask, definitions: Definitions) => {
  const { template } = (await definitions.read([task.definition]))(task.definition);
  const block = blockByKey(template, task.block);
  if (block?.type !== 'task' && block?.type !== 'approval') throw problem('task.unknown');
  return { block, fields: formFields(template, block) };
};

/**
 * The values of a form, checked. What is not given stays as it is, and counts for what the form requires of earlier fields;
 * what is given empty is cleared.
 */
const checkForm = async (
  preparing: Preparing,
  task: FoundTask,
  given: Record<string, unknown>,
  reason: string | undefined,
): Promise<JsonObject> => {
  const { db, engine, definitions } = preparing;
  const { block, fields } = await blockOf(task, definitions);
  const kept = editedNames(block).filter((name) => !Object.hasOwn(given, name));
  const data = kept.length > 0 ? (await engine.read(task.case_id)).context.data : {};
  const checked = checkValues(fields, {
    ...Object.fromEntries(kept.map((name) => [name, data[name] ?? null])),
    ...given,
  });
  const values = Object.fromEntries(
    fields.flatMap(({ key }) => (Object.hasOwn(given, key) ? [[key, checked.values[key] ?? null]] : [])),
  );
  // Not to be acted on, or a repeat of what is done: then the engine has the answer, and the form is not the point.
  if (task.state !== 'open' || !task.mine || task.case_status !== 'active') return values;
  const errors = checked.errors.map((error) => (isReadOnly(block, error) ? { ...error, message: READ_ONLY } : error));
  if (errors.length > 0) throw problem('form.invalid', { errors: errors.slice(0, 200) });
  const missing = [
    ...(await sourceErrors(preparing, task, block, fields, values, reason)),
    ...(await missingFiles(db, task.case_id, fields, values)),
    ...(await missingPeople(db, fields, values)),
  ];
  if (missing.length > 0) throw problem('form.invalid', { errors: missing });
  const unfit = await planFlaws({ db, engine }, task, block, values);
  if (unfit.length > 0) throw problem('form.invalid', { errors: unfit });
  return values;
};

const READ_ONLY = { zh: '这一项在这里只能看，不能改。', en: 'This can be read here, not changed.' };
const isReadOnly = (block: HumanBlock, { id, path }: ValueError): boolean =>
  id === 'value.unknown' && shownNames(block).includes(path);

/** Rows that the server gives a table, and what they may say; whoever may change such a table later keeps them all the same. */
const sourceErrors = async (
  { db, engine, calendar, now }: Preparing,
  task: FoundTask,
  block: HumanBlock,
  fields: readonly Field[],
  values: JsonObject,
  reason: string | undefined,
): Promise<FieldError[]> => {
  if (!fields.some((field) => field.type === 'table' && field.source !== undefined)) return [];
  const state = await engine.read(task.case_id);
  const given = await givenRows(db, state, { ...block, fields: [...fields] });
  // A table of the block's own that was never filled in is an empty one: leaving it out drops every row. So is what is due in
  // another period than the one before, unless the work came back.
  const never = (block.fields ?? []).flatMap((field): [string, Json][] =>
    field.type === 'table' &&
    (!Array.isArray(state.context.data[field.key]) || (REPORTED.has(field.source) && !cameBack(block, state.context)))
      ? [[field.key, []]]
      : [],
  );
  const section = state.context.live[block.key]?.item?.id;
  const all = { ...Object.fromEntries(never), ...values };
  const wrong = checkGiven(fields, given, all, state.context.data, typeof section === 'string');
  if (wrong.length > 0) return wrong;
  const when = { reason, calendar, at: now.toISOString() };
  return reportErrors(overPrisma(db), state, block, fields, values, when);
};

/** Why a plan that is submitted could not be assigned. */
const planFlaws = async (
  { db, engine }: Pick<Preparing, 'db' | 'engine'>,
  task: FoundTask,
  block: HumanBlock,
  values: JsonObject,
): Promise<FieldError[]> => {
  if (!Object.values(values).some(Array.isArray)) return [];
  const { orgId, definition, context } = await engine.read(task.case_id);
  return planErrors(db, { orgId, template: definition.template, context, item: context.live[block.key]?.item }, values);
};

/** Files of a form must have been uploaded to the same case. */
const missingFiles = async (
  db: Database,
  caseId: string,
  fields: readonly Field[],
  values: JsonObject,
): Promise<FieldError[]> => {
  const asked = fields.flatMap(({ type, key }) =>
    type === 'files' ? idsIn(values[key]).map((id, at) => ({ id, path: `${key}[${at}]` })) : [],
  );
  if (asked.length === 0) return [];
  const found = await db.evidence.findMany({ where: { caseId, id: { in: uuidsOf(asked) } }, select: { id: true } });
  return absent(asked, found, { zh: '没有这个文件', en: 'no such file' });
};

const missingPeople = async (db: Database, fields: readonly Field[], values: JsonObject): Promise<FieldError[]> => {
  const asked = fields.flatMap((field) => {
    const value = values[field.key];
    if (field.type === 'person') return idsIn(value).map((id) => ({ id, path: field.key }));
    if (field.type !== 'table' || !Array.isArray(value)) return [];
    const columns = field.columns.filter(({ type }) => type === 'person');
    return value.flatMap((row, at) =>
      columns.flatMap(({ key }) =>
        idsIn((row as JsonObject)[key]).map((id) => ({ id, path: `${field.key}[${at}].${key}` })),
      ),
    );
  });
  if (asked.length === 0) return [];
  const found = await db.person.findMany({ where: { active: true, id: { in: uuidsOf(asked) } }, select: { id: true } });
  return absent(asked, found, { zh: '没有这个人员', en: 'no such person' });
};

interface Asked {
  id: string;
  path: string;
}

const idsIn = (value: unknown): string[] => [value].flat().filter((id): id is string => typeof id === 'string');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidsOf = (asked: Asked[]): string[] => asked.map(({ id }) => id).filter((id) => UUID.test(id));

const absent = (asked: Asked[], found: { id: string }[], message: FieldError['message']): FieldError[] => {
  const known = new Set(found.map(({ id }) => id));
  return asked.filter(({ id }) => !known.has(id)).map(({ path }) => ({ path, message }));
};

const checkPerson = async (db: Database, id: string): Promise<string> => {
  const person = await db.person.findUnique({ where: { id }, select: { active: true } });
  if (person?.active) return id;
  throw problem('form.invalid', { errors: [{ path: 'to', message: { zh: '没有这个人员', en: 'no such person' } }] });
};

/** Applies the step. */
export const applyAct = async (
  { engine }: Pick<Deps, 'engine'>,
  taskId: string,
  event: Awaited<ReturnType<typeof prepareAct>>,
  { key, revision }: { key: string | undefined; revision: number | undefined },
): Promise<Applied> =>
  engine.apply({
    caseId: partsOf(taskId).caseId,
    event,
    ...(key !== undefined && { key: engineKey(event.actor, key) }),
    ...(revision !== undefined && { revision }),
  });
