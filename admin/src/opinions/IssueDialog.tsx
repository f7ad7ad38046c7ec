import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useChange } from '../cycles/useChange.ts';
import { SEVERITIES, type Severity } from '../found/types.ts';
import { useT } from '../i18n/useT.ts';
import { Choice } from '../ui/Choice.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import type { Goal } from './types.ts';

/** Issues a goal to its units: each of them gets a finding, as bad as is chosen here. */
export function IssueDialog({ cycleId, goal, onClose }: { cycleId: string; goal: Goal; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [severity, setSeverity] = useState<Severity>('minor');
  const issue = useChange(cycleId, () => {
    notify(t('opinions.issued'), { type: 'success' });
    onClose();
  });
  return (
    <RecordDialog
      title={`${t('opinions.issue')}: ${goal.title}`}
      actions={
        <Button
          variant="contained"
          disabled={issue.isPending}
          onClick={() => issue.mutate({ path: `/improvement-goals/${goal.id}/issue`, body: { severity } })}
        >
          {t('opinions.issue')}
        </Button>
      }
      onClose={onClose}
    >
      {issue.error ? <ProblemAlert error={issue.error} /> : null}
      <Typography variant="body2" color="text.secondary">
        {t('opinions.issueHelp', { smart_count: goal.units.length })}
      </Typography>
      <Choice
        id="severity"
        label={t('found.severityOf')}
        value={severity}
        options={SEVERITIES.map((value) => ({ value, name: t(`found.severity.${value}`) }))}
        onChange={(next) => setSeverity(next as Severity)}
      />
    </RecordDialog>
  );
}
