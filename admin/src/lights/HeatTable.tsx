import Box from '@mui/material/Box';
import { memo } from 'react';
import { useT, useText } from '../i18n/useT.ts';
import { Light } from '../ui/Light.tsx';
import type { Heatmap } from './api.ts';
import type { Row } from './grid.ts';

interface Props {
  columns: Heatmap['indicators'];
  rows: Row[];
  onOpen: (cell: { org: string; name: string; code: string }) => void;
}

/** A city is 141 × 57 cells: plain table cells, drawn once. */
export const HeatTable = memo(function HeatTable({ columns, rows, onOpen }: Props) {
  const t = useT();
  const text = useText();
  return (
    <Box
      tabIndex={0}
      role="region"
      aria-label={t('lights.heatmap')}
      sx={(theme) => ({
        overflow: 'auto',
        maxHeight: '70dvh',
        '& table': { borderCollapse: 'separate', borderSpacing: 0, fontSize: '0.8125rem' },
        '& th': { fontWeight: 500, backgroundColor: 'background.paper', textAlign: 'left', p: 0.75 },
        '& thead th': { position: 'sticky', top: 0, zIndex: 2, verticalAlign: 'bottom', minWidth: 44 },
        '& thead th span': {
          writingMode: 'vertical-rl',
          maxHeight: 150,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        },
        '& tbody th': { position: 'sticky', left: 0, zIndex: 1, whiteSpace: 'nowrap', maxWidth: 220 },
        '& thead th:first-of-type': { left: 0, zIndex: 3 },
        '& td': { p: 0, textAlign: 'center', borderTop: `1px solid ${theme.palette.divider}` },
        '& td button': {
          width: '100%',
          minWidth: 32,
          height: 32,
          border: 0,
          p: 0,
          cursor: 'pointer',
          background: 'none',
          color: 'inherit',
          font: 'inherit',
        },
        '& td button:hover, & td button:focus-visible': { backgroundColor: theme.tones.sunken },
      })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('lights.org')}</th>
            {columns.map(({ code, name }) => (
              <th key={code} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {row.cells.map((cell, at) => (
                <td key={columns[at]?.code}>
                  {cell && (
                    <button
                      type="button"
                      title={[cell.period, text(cell.because ?? undefined)].filter(Boolean).join(' · ')}
                      onClick={() => onOpen({ org: row.id, name: row.name, code: cell.code })}
                    >
                      {cell.colour ? <Light colour={cell.colour} word={false} /> : t('lights.unlit')}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
});
