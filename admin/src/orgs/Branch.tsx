import ChevronRight from '@mui/icons-material/ChevronRightOutlined';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { OrgUnit } from '../api/types.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useUnitsBelow } from './unitsBelow.ts';

interface Props {
  unit: OrgUnit;
  level: number;
  /** The how-manieth among how many. */
  place: [number, number];
  /** The unit that the keyboard is at. */
  at: string | undefined;
  /** Units that stand otherwise than at first: open, or, at the top, closed. */
  turned: ReadonlySet<string>;
  onTurn: (id: string) => void;
  onAt: (id: string) => void;
}

/**
 * A unit and, once opened, the units below it: all in one list, in which each item says its level, so that none is named by
 * what stands below it.
 */
export function Branch({ unit, level, place: [position, size], at, turned, onTurn, onAt }: Props) {
  const t = useT();
  const known = useKnown();
  const open = unit.units > 0 && turned.has(unit.id) !== (level === 1);
  const below = useUnitsBelow(unit.id, open);
  const facts = [
    known('orgs.kinds', unit.kind),
    unit.units > 0 && t('orgTree.units', { smart_count: unit.units }),
    unit.people > 0 && t('orgTree.people', { smart_count: unit.people }),
    unit.monitoringUnit && t('orgTree.monitoredBy', { unit: unit.monitoringUnit.name }),
  ].filter(Boolean);
  return (
    <>
      <Box
        component="li"
        role="treeitem"
        aria-level={level}
        aria-posinset={position}
        aria-setsize={size}
        {...(unit.units > 0 && { 'aria-expanded': open })}
        tabIndex={at === unit.id ? 0 : -1}
        data-id={unit.id}
        data-find={`${unit.name}\n${unit.code}`}
        onFocus={() => onAt(unit.id)}
        sx={{ borderRadius: 1, '&:focus-visible': { outlineOffset: -2 } }}
      >
        <Box sx={{ ...row, pl: { xs: (level - 1) * 1.5, sm: (level - 1) * 3 } }}>
          <Box
            aria-hidden
            onClick={() => unit.units > 0 && onTurn(unit.id)}
            sx={{ width: 32, height: 32, display: 'grid', placeItems: 'center', flex: 'none', cursor: 'pointer' }}
          >
            {unit.units > 0 && (
              <ChevronRight
                fontSize="small"
                sx={{ transform: open ? 'rotate(90deg)' : 'none', color: 'text.secondary' }}
              />
            )}
          </Box>
          <Box sx={{ minWidth: 0, py: 0.5, display: 'flex', flexWrap: 'wrap', columnGap: 1.5, alignItems: 'baseline' }}>
            <Box
              component={Link}
              to={`/orgs/${unit.id}`}
              tabIndex={-1}
              sx={{ color: 'text.primary', fontWeight: level < 3 ? 600 : 400 }}
            >
              {unit.name}
            </Box>
            {!unit.active && <Tag>{t('common.inactive')}</Tag>}
            <Typography variant="caption" color="text.secondary">
              {facts.join(' · ')}
            </Typography>
          </Box>
        </Box>
        {open && below.isError && <ProblemAlert error={below.error} onRetry={() => void below.refetch()} />}
        {open && below.isPending && <Skeleton height={32} aria-busy sx={{ ml: 6 * level }} />}
      </Box>
      {open &&
        below.data?.map((child, index, all) => (
          <Branch
            key={child.id}
            unit={child}
            level={level + 1}
            place={[index + 1, all.length]}
            at={at}
            turned={turned}
            onTurn={onTurn}
            onAt={onAt}
          />
        ))}
    </>
  );
}

const row = {
  display: 'flex',
  alignItems: 'center',
  borderRadius: 1,
  minHeight: { xs: 44, md: 36 },
  '&:hover': { backgroundColor: 'action.hover' },
} as const;
