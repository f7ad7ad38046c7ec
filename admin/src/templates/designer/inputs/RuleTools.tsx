import Tree from '@mui/icons-material/AccountTreeOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import type { Path } from '../../../../../workflows/template/edit/path.ts';
import { valueName } from '../../../../../workflows/template/words/index.ts';
import { isDecimal, sumDecimals } from '../../../form/decimal.ts';
import { useT, useText } from '../../../i18n/useT.ts';

/** The whole of a scoring rule at a glance: its parts in each other, with their weights and what these add up to. */
export function RuleTools({ value, path, entry }: { value: Json | undefined; path: Path; entry: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const outermost = entry === 'rule' && path.at(-2) === 'rule' && path.at(-4) === 'blocks';
  if (!outermost || !isJsonObject(value ?? null)) return null;
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('designer.outline')}
        title={t('designer.outline')}
        onClick={() => setOpen(true)}
      >
        <Tree fontSize="small" />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="sm" aria-labelledby="rule-outline">
        <DialogTitle id="rule-outline">{t('designer.outline')}</DialogTitle>
        <DialogContent tabIndex={0}>
          <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
            <Line value={value as Json} />
          </Box>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t('common.close')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

interface Part {
  rule: Json;
  weight?: Json | undefined;
}

/** The rules right inside a rule, with the weight of each. */
function parts(rule: Record<string, Json>): Part[] {
  return Object.values(rule).flatMap((value): Part[] => {
    if (Array.isArray(value))
      return value.flatMap((one): Part[] => {
        if (!isJsonObject(one)) return [];
        if (typeof one.kind === 'string') return [{ rule: one }];
        const inner = one.rule ?? one.gives ?? one.rate;
        return inner === undefined ? [] : [{ rule: named(inner, one), weight: one.weight }];
      });
    if (!isJsonObject(value)) return [];
    if (typeof value.kind === 'string') return [{ rule: value }];
    return value.each !== undefined && value.rule !== undefined ? [{ rule: value.rule, weight: value.weight }] : [];
  });
}

/** A part is called by its own name where its rule has none. */
const named = (rule: Json, part: Record<string, Json>): Json =>
  isJsonObject(rule) && rule.name === undefined && part.name !== undefined ? { ...rule, name: part.name } : rule;

function Line({ value, weight }: { value: Json; weight?: Json | undefined }) {
  const t = useT();
  const text = useText();
  const rule = isJsonObject(value) ? value : undefined;
  const inner = rule ? parts(rule) : [];
  const weights = inner
    .map((one) => one.weight)
    .filter((one): one is string => typeof one === 'string' && isDecimal(one));
  const title = rule
    ? [isJsonObject(rule.name ?? null) ? text(rule.name as never) : '', text(valueName('kind', String(rule.kind)))]
        .filter(Boolean)
        .join(' · ')
    : String(value);
  return (
    <Box component="li" sx={{ py: 0.25 }}>
      <Typography variant="body2" component="span">
        {title}
      </Typography>
      {typeof weight === 'string' && (
        <Typography variant="body2" component="span" color="text.secondary" sx={{ ml: 1 }}>
          × {weight}
        </Typography>
      )}
      {weights.length > 1 && (
        <Typography variant="caption" component="span" color="text.secondary" sx={{ ml: 1 }}>
          {t('designer.sum', { sum: sumDecimals(weights) })}
        </Typography>
      )}
      {inner.length > 0 && (
        <Box
          component="ul"
          sx={(theme) => ({ listStyle: 'none', m: 0, pl: 2, borderLeft: `2px solid ${theme.tones.line}` })}
        >
          {inner.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are told apart by their place
            <Line key={at} value={one.rule} weight={one.weight} />
          ))}
        </Box>
      )}
    </Box>
  );
}
