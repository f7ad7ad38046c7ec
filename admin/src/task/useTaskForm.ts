import { useCallback, useMemo, useRef, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import type { Evidence, Json, TaskDetail, Values } from '../api/types.ts';
import { checkForm, cleanValues, type Flaws, tidyValues, withCleared } from '../form/check.ts';
import { type Errors, errorsByPlace, without } from '../form/errors.ts';
import type { FormTools } from '../form/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { readLocalDraft } from './localDraft.ts';
import { useDraft } from './useDraft.ts';

/** The form of a task: what is entered, what is wrong with it, and its draft. */
export function useTaskForm(task: TaskDetail) {
  const t = useT();
  const text = useText();
  const draft = useDraft(task.id);
  const local = useMemo(() => readLocalDraft(task.id), [task.id]);
  // Work that came back goes on from what was sent; a form that is new begins with what is given.
  const [first] = useState<Values>(() => ({ ...task.values, ...(task.returnReason ? {} : task.given) }));
  const [values, setValues] = useState<Values>(() => ({ ...first, ...task.draft, ...local }));
  const [evidence, setEvidence] = useState<Evidence[]>(task.evidence);
  const [flaws, setFlaws] = useState<Flaws>({});
  const [errors, setErrors] = useState<Errors>({});
  const latest = useRef(values);
  latest.current = values;

  const change = useCallback(
    (key: string, value: Json) => {
      const next = { ...latest.current, [key]: value };
      latest.current = next;
      setValues(next);
      setErrors((now) => without(now, key));
      setFlaws((now) =>
        Object.fromEntries(Object.entries(now).filter(([place]) => place !== key && !place.startsWith(`${key}.`))),
      );
      draft.change(next);
    },
    [draft.change],
  );

  const errorAt = (place: string): string | undefined => {
    const flaw = flaws[place];
    if (flaw) return t(flaw.key, flaw.params);
    return errors[place] ? text(errors[place]) : undefined;
  };

  /** The values to send, or nothing if the form is not ready (its flaws are then shown and the first one focused). */
  const take = (): Values | undefined => {
    latest.current = tidyValues(task.fields, latest.current);
    setValues(latest.current);
    const found = checkForm(task.fields, latest.current, text);
    setFlaws(found);
    setErrors({});
    if (Object.keys(found).length === 0) return withCleared(cleanValues(task.fields, latest.current), task.values);
    focusFirstError();
    return undefined;
  };

  const refuse = (problem: Problem) => {
    setErrors(errorsByPlace(problem.errors));
    focusFirstError();
  };

  const discard = () => {
    setValues(first);
    latest.current = first;
    setFlaws({});
    setErrors({});
    draft.change(first);
  };

  const tools: FormTools = {
    taskId: task.id,
    evidence,
    given: (table) => {
      const rows = task.given?.[table];
      return Array.isArray(rows) ? rows.map(({ code }) => String(code ?? '')) : [];
    },
    errorAt,
    onEvidence: ({ added, removed }) =>
      setEvidence((now) => [...now.filter((one) => one.id !== removed), ...(added ? [added] : [])]),
  };
  const wrong = Object.keys(flaws).length + Object.keys(errors).length;
  return {
    values,
    change,
    take,
    refuse,
    discard,
    tools,
    wrong,
    draft,
    restored: local !== undefined || task.draft !== undefined,
  };
}

/** After the errors are drawn, brings the first to the eye and the cursor to it. */
function focusFirstError(): void {
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>('[data-error], [aria-invalid="true"]');
    const field = first?.matches(INPUTS) ? first : first?.closest('[data-field]')?.querySelector<HTMLElement>(INPUTS);
    first?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}

const INPUTS = 'input, textarea, select, [role="combobox"], button';
