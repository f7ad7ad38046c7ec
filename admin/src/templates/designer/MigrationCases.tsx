import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Json } from '../../../../workflows/json.ts';
import { candidatesOf } from '../../../../workflows/template/edit/refs.ts';
import { valueName } from '../../../../workflows/template/words/index.ts';
import type { CycleTemplate } from '../../api/types.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Tag } from '../../ui/Tag.tsx';
import type { Migration } from './MigrationPage.tsx';

const SHOWN = 100;

/** What becomes of each case: where it stands now and then, what stays with its holders, which dates change, and what is in the way. */
export function MigrationCases({
  migration,
  before,
  after,
}: {
  migration: Migration;
  before: CycleTemplate | undefined;
  after: CycleTemplate | undefined;
}) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const namesOf = (template: CycleTemplate | undefined) =>
    new Map(candidatesOf((template ?? null) as unknown as Json, 'block').map((one) => [one.value, text(one.name)]));
  const [old, next] = [namesOf(before), namesOf(after)];
  const said = (keys: string[], names: Map<string, string>) =>
    format.list(keys.map((key) => names.get(key) ?? key)) || '—';
  return (
    <Box sx={{ overflowX: 'auto', mt: 2 }} tabIndex={0} role="region" aria-label={t('designer.migrate.result')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{t('designer.migrate.cases')}</TableCell>
            <TableCell>{t('designer.migrate.now')}</TableCell>
            <TableCell>{t('designer.migrate.later')}</TableCell>
            <TableCell align="right">{t('designer.migrate.kept')}</TableCell>
            <TableCell>{t('designer.migrate.dates')}</TableCell>
            <TableCell>{t('designer.migrate.trouble')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {migration.cases.slice(0, SHOWN).map((one) => (
            <TableRow key={one.caseId}>
              <TableCell component="th" scope="row" sx={{ minWidth: 160 }}>
                <Link to={`/cases/${one.caseId}`}>{one.title}</Link>
              </TableCell>
              <TableCell>{said(one.from, old)}</TableCell>
              <TableCell>{said(one.to, next)}</TableCell>
              <TableCell align="right">{one.tasks.length}</TableCell>
              <TableCell>
                <Dates dates={one.dates} names={next} />
              </TableCell>
              <TableCell>
                {one.unsafe.map((trouble) => (
                  <Box key={trouble.reason + trouble.block} sx={{ minWidth: 220 }}>
                    <Tag tone="late">{old.get(trouble.block) ?? trouble.block}</Tag>{' '}
                    <Typography variant="caption">{text(trouble.text)}</Typography>
                  </Box>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {migration.total > SHOWN && (
        <Typography variant="caption" color="text.secondary">
          {t('designer.migrate.more', { n: migration.total - Math.min(SHOWN, migration.cases.length) })}
        </Typography>
      )}
    </Box>
  );
}

/** At first those that one looks for: the deadlines, else the first; the rest folded. */
function Dates({ dates, names }: { dates: Migration['cases'][number]['dates']; names: Map<string, string> }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const day = (instant: string | null) => (instant ? format.dayTime(instant) : t('designer.none'));
  const line = (date: (typeof dates)[number]) => (
    <Typography key={`${date.what}${date.block}${date.do}${date.from}${date.to}`} variant="caption" component="div">
      {names.get(date.block) ?? date.block} ·{' '}
      {date.what === 'deadline' ? t('designer.migrate.deadline') : text(valueName('do', date.do ?? ''))}{' '}
      {day(date.from)} → {day(date.to)}
      {date.provisional && ` · ${t('designer.trial.temporary')}`}
    </Typography>
  );
  const sorted = dates.toSorted((a, b) => Number(b.what === 'deadline') - Number(a.what === 'deadline'));
  const rest = sorted.slice(2);
  return (
    <Box sx={{ minWidth: dates.length > 0 ? 280 : 0 }}>
      {sorted.slice(0, 2).map(line)}
      {rest.length > 0 && (
        <Box component="details">
          <Typography component="summary" variant="caption" sx={{ cursor: 'pointer' }}>
            {t('designer.migrate.moreDates', { n: rest.length })}
          </Typography>
          {rest.map(line)}
        </Box>
      )}
    </Box>
  );
}
