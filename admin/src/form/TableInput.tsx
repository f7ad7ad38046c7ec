import Add from '@mui/icons-material/AddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ClipboardEvent } from 'react';
import { CLOSED_SOURCES, fromRegister } from '../../../workflows/template/sources.ts';
import type { Field, Json, Values } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { CellErrors } from './CellErrors.tsx';
import { ReadTable } from './ReadTable.tsx';
import { TableCards } from './TableCards.tsx';
import { TableGrid } from './TableGrid.tsx';
import { TableTotal } from './TableTotal.tsx';
import { pasteInto, readCells } from './tableRows.ts';
import type { FormTools, InputProps } from './types.ts';

export type TableField = Extract<Field, { type: 'table' }>;

export interface RowsProps {
  field: TableField;
  id: string;
  rows: Values[];
  tools: FormTools;
  /** Whether a row is given: it stays, and so does its code. */
  isGiven: (row: Values) => boolean;
  onCell: (row: number, key: string, value: Json) => void;
  onRemove: (row: number) => void;
  onPaste: (event: ClipboardEvent, row: number, column: number) => void;
}

/** A table to fill in: a sheet on a desk, cards on a phone, with the running total that the template asks for. */
export function TableInput({ field, id, value, onChange, tools }: InputProps<TableField> & { tools: FormTools }) {
  const t = useT();
  const narrow = useMediaQuery('(max-width: 760px)');
  const rows = (Array.isArray(value) ? value : []) as Values[];
  const max = field.maxRows ?? 500;
  const given = tools.given(field.key);
  const closed = field.source !== undefined && CLOSED_SOURCES.has(field.source);

  const props: RowsProps = {
    field,
    id,
    rows,
    tools,
    isGiven: ({ code }) => typeof code === 'string' && given.includes(code),
    onCell: (index, key, cell) => onChange(rows.map((row, at) => (at === index ? { ...row, [key]: cell } : row))),
    onRemove: (index) => onChange(rows.filter((_, at) => at !== index)),
    onPaste: (event, row, column) => {
      const text = event.clipboardData.getData('text/plain');
      if (!/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      onChange(pasteInto(rows, field.columns, { row, column }, readCells(text), max));
    },
  };
  // What the register alone fills in is there to be read.
  if (field.columns.every(({ key }) => fromRegister(field.source, key))) return <ReadTable field={field} rows={rows} />;
  const add = () => {
    onChange([...rows, {}]);
    requestAnimationFrame(() => document.getElementById(`${id}.${rows.length}.${field.columns[0]?.key}`)?.focus());
  };

  return (
    <Box role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-help`}>
      {narrow ? <TableCards {...props} /> : <TableGrid {...props} />}
      {!narrow && <CellErrors field={field} rows={rows} tools={tools} />}
      <Stack direction="row" useFlexGap spacing={2} sx={{ alignItems: 'center', mt: 1, flexWrap: 'wrap' }}>
        {!closed && (
          <Button size="small" startIcon={<Add />} onClick={add} disabled={rows.length >= max}>
            {t('form.table.add')}
          </Button>
        )}
        {!narrow && (
          <Typography variant="caption" color="text.secondary">
            {t('form.table.paste')}
          </Typography>
        )}
        <Box sx={{ flex: 1 }} />
        <TableTotal field={field} rows={rows} />
      </Stack>
    </Box>
  );
}
