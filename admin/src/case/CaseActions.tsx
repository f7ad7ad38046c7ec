import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { CaseAction, CaseActionName } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Choice } from '../ui/Choice.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

const VERBS = ['withdraw', 'retrieve', 'jump', 'suspend', 'resume', 'cancel'] as const satisfies CaseActionName[];
const DONE = {
  suspend: 'cases.suspended',
  resume: 'cases.resumed',
  cancel: 'cases.cancelled',
  jump: 'cases.jumped',
  retrieve: 'cases.retrieved',
  withdraw: 'cases.withdrawn',
} as const;

interface Props {
  path: string;
  can: string[];
  /** What each action of a case asks for; those of a cycle ask for a reason. */
  actions?: CaseAction[];
  refresh: readonly unknown[];
}

/** What a person may do with a case or a cycle: stop, restart, end or move it, or take back what they did. */
export function CaseActions({ path, can, actions = [], refresh }: Props) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [verb, setVerb] = useState<CaseActionName>();
  const [block, setBlock] = useState('');
  const asked = actions.find(({ action }) => action === verb);
  const targets = asked?.targets ?? [];
  const target = targets.find((one) => one.block === block);

  const act = useMutation({
    mutationFn: ({ verb, reason }: { verb: CaseActionName; reason: string }) => {
      const said = reason ? { reason } : {};
      // What others have still to decide is taken back at the own task.
      if (target?.task)
        return call(`/tasks/${target.task}/act`, { method: 'POST', body: { action: 'retrieve', ...said } });
      return call(`${path}/${verb}`, { method: 'POST', body: { ...said, ...(target && { block: target.block }) } });
    },
    onSuccess: (_, { verb }) => {
      setVerb(undefined);
      notify(t(DONE[verb]), { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: refresh });
      void queryClient.invalidateQueries({ queryKey: ['tasks'] });
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: refresh }),
  });

  const ask = (next: CaseActionName) => {
    act.reset();
    const options = actions.find(({ action }) => action === next)?.targets ?? [];
    setBlock(options.length === 1 ? (options[0]?.block ?? '') : '');
    setVerb(next);
  };

  return (
    <>
      {VERBS.filter((one) => can.includes(one)).map((one) => (
        <Button
          key={one}
          size="small"
          variant="outlined"
          color={one === 'cancel' ? 'error' : 'primary'}
          onClick={() => ask(one)}
          sx={{ minHeight: { xs: 40, sm: 0 } }}
        >
          {t(`cases.${one}`)}
        </Button>
      ))}
      {verb && (
        <ReasonDialog
          title={t(`cases.${verb}`)}
          help={t(`cases.${verb}Help`)}
          label={t(asked?.reasonRequired === false ? 'cases.reasonOptional' : 'cases.reason')}
          optional={asked?.reasonRequired === false}
          danger={verb === 'cancel'}
          chosen={targets.length === 0 || target !== undefined}
          busy={act.isPending}
          error={act.error}
          onClose={() => setVerb(undefined)}
          onConfirm={(reason) => act.mutate({ verb, reason })}
        >
          {targets.length > 0 && (
            <Box sx={{ mt: 1, mb: 2 }}>
              <Choice
                id="case-block"
                label={t(verb === 'jump' ? 'cases.jumpTo' : 'cases.retrieveWhat')}
                options={targets.map((one) => ({ value: one.block, name: text(one.name) }))}
                value={block}
                onChange={setBlock}
              />
            </Box>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
