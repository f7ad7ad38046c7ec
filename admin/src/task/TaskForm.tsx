import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { TaskDetail } from '../api/types.ts';
import { FieldInput } from '../form/FieldInput.tsx';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import type { useTaskForm } from './useTaskForm.ts';

/** The form of the step, drawn from the template's fields. */
export function TaskForm({ task, form }: { task: TaskDetail; form: ReturnType<typeof useTaskForm> }) {
  const t = useT();
  if (task.fields.length === 0)
    return task.shows.length > 0 ? null : <Typography color="text.secondary">{t('task.nothingToFill')}</Typography>;
  return (
    <Panel title={t('task.form')}>
      <Stack spacing={2.5}>
        {task.fields.map((field) => (
          <Box key={field.key} data-field={field.key}>
            {task.edits.includes(field.key) && (
              <Typography variant="caption" color="text.secondary" component="p">
                {t('task.edits')}
              </Typography>
            )}
            <FieldInput
              field={field}
              id={`field-${field.key}`}
              place={field.key}
              value={form.values[field.key]}
              tools={form.tools}
              onChange={(value) => form.change(field.key, value)}
            />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}
