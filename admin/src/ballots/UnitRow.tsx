import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { type Cast, OVERALL } from '../../../workflows/ballots/sheet.ts';
import type { Text } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import { CastInput } from './CastInput.tsx';
import { type Filled, isCast, placeOf } from './sheet.ts';
import type { BallotSheet, Unit } from './types.ts';

interface Props {
  sheet: BallotSheet;
  unit: Unit;
  filled: Filled;
  errors: ReadonlyMap<string, Text>;
  /** Marks what is not scored yet. */
  missing: boolean;
  disabled: boolean;
  say: (participant: string, item: string) => (said: Pick<Cast, 'value' | 'option' | 'abstain'>) => void;
}

/** A unit with its ballots: one beside its name, or one for each item below it, opened by a click. */
export function UnitRow({ sheet, unit, filled, errors, missing, disabled, say }: Props) {
  const t = useT();
  const text = useText();
  const [open, setOpen] = useState(false);
  const single = sheet.items.length === 0;
  const done = unit.items.filter((item) => isCast(filled.get(placeOf(unit.id, item)))).length;
  const late = missing && unit.state === 'due' && done < unit.items.length;
  const names = new Map(sheet.items.map(({ key, name }) => [key, name]));
  const cast = (item: string, label: string) => (
    <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center', flexShrink: 0 }}>
      {sheet.abstain && !('options' in sheet.scale) && !disabled && (
        <Button
          size="small"
          color="inherit"
          aria-pressed={filled.get(placeOf(unit.id, item))?.abstain === true}
          aria-label={t('ballots.abstainOn', { what: label })}
          onClick={() => say(unit.id, item)(filled.get(placeOf(unit.id, item))?.abstain ? {} : { abstain: true })}
        >
          {t('ballots.abstain')}
        </Button>
      )}
      <CastInput
        sheet={sheet}
        label={label}
        cast={filled.get(placeOf(unit.id, item))}
        error={errors.get(placeOf(unit.id, item))}
        disabled={disabled}
        onChange={say(unit.id, item)}
      />
    </Box>
  );
  return (
    <Box
      component="li"
      sx={{ '& + &': { borderTop: '1px solid', borderColor: 'divider' }, px: { xs: 2, sm: 2.5 }, py: 1 }}
    >
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', minHeight: 44 }}>
        <Typography sx={{ flex: 1, minWidth: 0 }}>
          {unit.name} {unit.state !== 'due' && <Tag>{t(`ballots.states.${unit.state}`)}</Tag>}
          {late && <Tag tone="late">{t('ballots.notYet')}</Tag>}
        </Typography>
        {unit.state !== 'due' ? null : single ? (
          cast(unit.items[0] ?? OVERALL, unit.name)
        ) : (
          <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {t('ballots.filled', { filled: done, expected: unit.items.length })}
          </Button>
        )}
      </Box>
      {unit.goals.length > 0 && (
        <Box component="ul" sx={{ m: 0, mb: 0.5, pl: 2.5, color: 'text.secondary' }}>
          {unit.goals.map(({ title, what, answer }) => (
            <Typography component="li" variant="body2" key={title}>
              {title}
              {what !== title && <> · {what}</>}
              <br />
              {answer ? t('ballots.goalAnswer', { answer }) : t('ballots.goalOpen')}
            </Typography>
          ))}
        </Box>
      )}
      {open && !single && (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, pl: { sm: 2 } }}>
          {unit.items.map((item) => {
            const name = text(names.get(item)) || item;
            return (
              <Box component="li" key={item} sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.5 }}>
                <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }}>
                  {name}
                </Typography>
                {cast(item, `${unit.name} ${name}`)}
              </Box>
            );
          })}
        </Box>
      )}
    </Box>
  );
}
