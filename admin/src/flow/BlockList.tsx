import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { FlowState } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { visuallyHidden } from '../ui/hidden.ts';
import { Tag } from '../ui/Tag.tsx';
import { iconOf } from './icons.tsx';
import { Lanes } from './Lanes.tsx';
import type { FlowItem } from './tree.ts';

const DOT = 28;
const TYPES = [
  'task',
  'approval',
  'parallel',
  'branch',
  'repeat',
  'wait',
  'window',
  'ballots',
  'gate',
  'notify',
  'compute',
] as const;
type Type = (typeof TYPES)[number];

export interface ListProps {
  items: FlowItem[];
  narrow: boolean;
  plain: boolean;
}

/** Blocks one after the other along a line that is solid as far as the case has come. */
export function BlockList({ items, narrow, plain }: ListProps) {
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {items.map((item) => (
        <Block key={item.key} item={item} narrow={narrow} plain={plain} />
      ))}
    </Box>
  );
}

function Block({ item, narrow, plain }: { item: FlowItem; narrow: boolean; plain: boolean }) {
  const text = useText();
  const t = useT();
  const state = item.state ?? 'ahead';
  const Icon = iconOf(item.type);
  const quiet = !plain && (state === 'ahead' || state === 'skipped');
  return (
    <Box component="li" aria-current={state === 'current' ? 'step' : undefined} sx={(theme) => line(theme, state)}>
      <Box aria-hidden sx={(theme) => ({ ...dot(theme, state, plain), gridColumn: 1 })}>
        <Icon sx={{ fontSize: 17 }} />
      </Box>
      <Box sx={{ minWidth: 0, pb: item.lanes.length ? 0.75 : 0 }}>
        <Typography
          component="div"
          sx={{
            fontSize: '0.9375rem',
            lineHeight: `${DOT}px`,
            fontWeight: state === 'current' ? 600 : 400,
            color: quiet ? 'text.secondary' : 'text.primary',
            textDecoration: state === 'skipped' ? 'line-through' : 'none',
          }}
        >
          {text(item.name)} {state === 'current' && <Tag tone="calm">{t('flow.state.current')}</Tag>}{' '}
          {item.perCycle && <Tag>{t('flow.perCycle')}</Tag>}
          <Box component="span" sx={visuallyHidden}>
            {t(`flow.state.${state}`)}
          </Box>
        </Typography>
        <Note item={item} plain={plain} />
      </Box>
      {item.lanes.length > 0 && (
        <Box sx={{ gridColumn: '2', minWidth: 0, pb: 1 }}>
          <Lanes item={item} narrow={narrow} plain={plain} />
        </Box>
      )}
    </Box>
  );
}

function Note({ item, plain }: { item: FlowItem; plain: boolean }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const nest = item.lanes.length > 0 || !['task', 'approval'].includes(item.type);
  const words = [
    (nest || plain) && (TYPES as readonly string[]).includes(item.type) ? t(`flow.type.${item.type as Type}`) : '',
    item.who.length ? format.list(item.who.slice(0, 3)) + (item.who.length > 3 ? ` +${item.who.length - 3}` : '') : '',
    item.dueAt ? t('flow.due', { day: format.day(item.dueAt) }) : '',
    text(item.note),
  ].filter(Boolean);
  if (words.length === 0) return null;
  return (
    <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: -0.25 }}>
      {words.join(' · ')}
    </Typography>
  );
}

function line(theme: Theme, state: FlowState) {
  const reached = state === 'passed';
  return {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: `${DOT}px minmax(0, 1fr)`,
    columnGap: 1.25,
    pb: 1.25,
    '&:last-of-type': { pb: 0 },
    '&:not(:last-of-type)::before': {
      content: '""',
      position: 'absolute',
      left: DOT / 2 - 1,
      top: DOT + 3,
      bottom: -1,
      borderLeft: `2px ${reached ? 'solid' : 'dotted'} ${reached ? theme.tones.done : theme.tones.line}`,
    },
  } as const;
}

function dot({ palette, tones }: Theme, state: FlowState, plain: boolean) {
  const base = { width: DOT, height: DOT, display: 'grid', placeItems: 'center', borderRadius: '50%' } as const;
  if (plain) return { ...base, color: tones.calm, backgroundColor: tones.calmSoft };
  if (state === 'passed') return { ...base, color: tones.done, backgroundColor: tones.doneSoft };
  if (state === 'current')
    return {
      ...base,
      color: palette.primary.contrastText,
      backgroundColor: palette.primary.main,
      boxShadow: `0 0 0 4px ${tones.calmSoft}`,
    };
  return {
    ...base,
    color: palette.text.secondary,
    boxShadow: `inset 0 0 0 1px ${tones.line}`,
    borderStyle: state === 'skipped' ? 'dashed' : 'none',
  };
}
