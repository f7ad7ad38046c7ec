import Download from '@mui/icons-material/FileDownloadOutlined';
import ChartIcon from '@mui/icons-material/InsertChartOutlined';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { type ReactNode, useRef, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { DataTable } from './DataTable.tsx';
import { save } from './save.ts';
import { type ChartTable, toCsv } from './table.ts';

interface Props {
  title: string;
  note?: ReactNode;
  table: ChartTable;
  /** The picture; without one, the table alone. */
  children?: ReactNode;
}

/** A chart that is also a table, and can be taken along as either. Its page needs the words `chart`. */
export function ChartPanel({ title, note, table, children }: Props) {
  const t = useT();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [anchor, setAnchor] = useState<HTMLElement>();
  const place = useRef<HTMLDivElement>(null);
  const drawn = children !== undefined && view === 'chart';
  const close = () => setAnchor(undefined);
  const saveCsv = () => {
    save(`${title}.csv`, 'text/csv;charset=utf-8', toCsv(table));
    close();
  };
  const savePicture = () => {
    const svg = place.current?.querySelector('svg');
    if (svg) save(`${title}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(svg));
    close();
  };
  const empty = table.rows.length === 0;
  const tools = !empty && (
    <Stack direction="row" spacing={0.5} className="no-print" sx={{ alignItems: 'center' }}>
      {children !== undefined && (
        <ToggleButtonGroup
          size="small"
          exclusive
          value={view}
          onChange={(_, next: 'chart' | 'table' | null) => next && setView(next)}
          aria-label={t('chart.view')}
        >
          <ToggleButton value="chart" aria-label={t('chart.asChart')} sx={{ p: 0.5 }}>
            <ChartIcon fontSize="small" />
          </ToggleButton>
          <ToggleButton value="table" aria-label={t('chart.asTable')} sx={{ p: 0.5 }}>
            <TableIcon fontSize="small" />
          </ToggleButton>
        </ToggleButtonGroup>
      )}
      <IconButton
        size="small"
        aria-label={t('chart.more')}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Download fontSize="small" />
      </IconButton>
      <Menu open={anchor !== undefined} anchorEl={anchor ?? null} onClose={close}>
        <MenuItem onClick={saveCsv}>{t('chart.csv')}</MenuItem>
        {drawn && <MenuItem onClick={savePicture}>{t('chart.picture')}</MenuItem>}
      </Menu>
    </Stack>
  );
  return (
    <Panel title={title} note={note} action={tools}>
      {empty ? (
        <Typography color="text.secondary">{t('chart.noData')}</Typography>
      ) : (
        <Box ref={place}>{drawn ? children : <DataTable caption={title} table={table} />}</Box>
      )}
    </Panel>
  );
}
