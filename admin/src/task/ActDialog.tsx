import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import type { Action } from '../api/types.ts';
import { PeopleInput } from '../form/PeopleInput.tsx';
import { PersonInput } from '../form/PersonInput.tsx';
import type { Named } from '../form/people.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Phrases } from '../talk/Phrases.tsx';
import { Choice } from '../ui/Choice.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { Act } from './useAct.ts';

interface Props {
  action: Action;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onAct: (said: Said) => void;
}

/** What was chosen and written. */
export type Said = Pick<Act, 'reason' | 'to' | 'cc' | 'block' | 'target'>;

/** Actions whose result can be sent to others. */
const DECIDING: readonly string[] = ['approve', 'return', 'reject', 'abstain'];

/** Actions that have phrases of their own. */
const PHRASED = ['approve', 'return', 'reject', 'transfer'] as const;
const isPhrased = (kind: string): kind is (typeof PHRASED)[number] => (PHRASED as readonly string[]).includes(kind);

/** The last word before a decision: the reason (where one is due), to whom, and what will happen. */
export function ActDialog({ action, busy, error, onClose, onAct }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const phone = useMediaQuery('(max-width: 600px)');
  const [reason, setReason] = useState('');
  const [to, setTo] = useState('');
  const targets = action.targets ?? [];
  const seats = action.seats ?? [];
  const [block, setBlock] = useState(targets[0]?.block ?? '');
  const [target, setTarget] = useState(seats.length === 1 ? String(seats[0]?.seat) : '');
  const [cc, setCc] = useState<Named[]>([]);
  const [tried, setTried] = useState(false);
  const kind = action.action;
  const needsReason = action.reasonRequired && !reason.trim();
  const needsPerson = action.personRequired && !to;
  const needsSeat = kind === 'remove' && !seats.some(({ seat }) => String(seat) === target);

  const act = () => {
    setTried(true);
    if (needsReason || needsPerson || needsSeat || busy) return;
    onAct({
      ...(reason.trim() && { reason: reason.trim() }),
      ...(to && { to }),
      ...(targets.length > 1 && block && { block }),
      ...(cc.length > 0 && { cc: cc.map(({ id }) => id) }),
      ...(kind === 'remove' && { target: Number(target) }),
    });
  };

  return (
    <Dialog
      open
      onClose={busy ? () => {} : onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="act-title"
      slotProps={{
        paper: {
          sx: phone
            ? {
                position: 'fixed',
                bottom: 0,
                m: 0,
                width: '100%',
                maxWidth: '100% !important',
                borderRadius: '14px 14px 0 0',
              }
            : {},
        },
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          act();
        }
      }}
    >
      <DialogTitle id="act-title" sx={{ pb: 0.5 }}>
        {text(action.name)}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {action.to && targets.length < 2
            ? t('task.act.returnTo', { block: text(action.to.name) })
            : t(`task.act.help.${kind}`)}
        </Typography>
        {error !== undefined && error !== null && <ProblemAlert error={error} />}
        {problemOf(error).id === 'offline' && (
          <Typography variant="caption" color="text.secondary">
            {t('task.act.resend')}
          </Typography>
        )}
        <Stack spacing={2} sx={{ pt: 1 }}>
          {targets.length > 1 && (
            <Choice
              id="act-block"
              label={t('task.act.target')}
              options={targets.map((one) => ({ value: one.block, name: text(one.name) }))}
              value={block}
              onChange={setBlock}
            />
          )}
          {seats.length > 0 && (
            <Choice
              id="act-seat"
              label={t('task.act.seat')}
              options={seats.map((one) => ({
                value: String(one.seat),
                name: format.list(one.people.map(({ name }) => name)),
              }))}
              value={target}
              error={tried && needsSeat ? t('task.act.seatMissing') : undefined}
              onChange={setTarget}
            />
          )}
          {action.personRequired && (
            <div>
              <PersonInput
                id="act-to"
                label={t(
                  kind === 'transfer' ? 'task.act.to' : kind === 'delegate' ? 'task.act.delegateTo' : 'task.act.add',
                )}
                value={to}
                except={action.except ?? []}
                onChange={setTo}
                error={tried && needsPerson}
              />
              {tried && needsPerson && (
                <Typography variant="caption" color="error">
                  {t('task.act.toMissing')}
                </Typography>
              )}
            </div>
          )}
          <TextField
            // An opinion that may be left out does not call up a phone's keyboard over the button.
            autoFocus={
              !action.personRequired && targets.length < 2 && seats.length < 2 && (action.reasonRequired || !phone)
            }
            multiline
            minRows={3}
            maxRows={10}
            fullWidth
            label={t(action.reasonRequired ? 'task.act.reasonRequired' : 'task.act.reasonOptional')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            error={tried && needsReason}
            helperText={tried && needsReason ? t('task.act.reasonMissing') : undefined}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <Phrases
            usual={isPhrased(kind) ? (['a', 'b', 'c'] as const).map((which) => t(`task.phrases.${kind}.${which}`)) : []}
            reason={reason}
            onPick={(phrase) => setReason(reason ? `${reason}\n${phrase}` : phrase)}
          />
          {DECIDING.includes(kind) && <PeopleInput id="act-cc" label={t('talk.copyTo')} value={cc} onChange={setCc} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" color={kind === 'reject' ? 'error' : 'primary'} onClick={act} disabled={busy}>
          {busy ? t('task.act.working') : text(action.name)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
