import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import type { Task, TaskDetail } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { dropLocalDraft, readLocalDraft } from '../task/localDraft.ts';
import type { Appeal } from './caseFields.ts';

/** A button for each line of the explanation: the line goes into the draft of the appeal, to be argued there. */
export function useDispute(
  open: { appeal: Appeal; task: Task } | undefined,
): ((line: string) => ReactNode) | undefined {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const note = useMutation({
    mutationFn: async (line: string) => {
      if (!open) return;
      const { id } = open.task;
      const { draft } = await call<TaskDetail>(`/tasks/${id}`);
      const values = { ...draft, ...readLocalDraft(id) };
      const before = values[open.appeal.ground.key];
      const ground = [typeof before === 'string' ? before : '', t('unit.aboutLine', { line })]
        .filter(Boolean)
        .join('\n');
      await call(`/tasks/${id}/draft`, {
        method: 'PUT',
        body: { values: { ...values, [open.appeal.ground.key]: ground } },
      });
      dropLocalDraft(id);
      await client.invalidateQueries({ queryKey: keys.task(id) });
      notify(t('unit.disputed'), { type: 'info' });
      navigate(`/tasks/${id}`);
    },
    onError: (error) => notify(text(problemOf(error).title), { type: 'error' }),
  });
  if (!open) return undefined;
  return (line) => (
    <Button
      size="small"
      disabled={note.isPending}
      aria-label={`${t('unit.disputeLine')} ${line}`}
      onClick={() => note.mutate(line)}
      className="no-print"
      sx={{ minHeight: 24, py: 0 }}
    >
      {t('unit.disputeLine')}
    </Button>
  );
}
