import Typography from '@mui/material/Typography';
import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import { getAt, type Path } from '../../../../../workflows/template/edit/path.ts';
import { isDecimal, sumDecimals } from '../../../form/decimal.ts';
import { useT } from '../../../i18n/useT.ts';
import { useDesigning } from '../context.ts';

/** What the weights of a list add up to, and must. */
export function WeightSum({ items, path, entry }: { items: readonly Json[]; path: Path; entry: string }) {
  const t = useT();
  const { content } = useDesigning();
  const weights = items.map((one) => (isJsonObject(one) ? one.weight : undefined));
  if (items.length === 0 || !weights.every((weight) => typeof weight === 'string' && isDecimal(weight))) return null;
  const sum = sumDecimals(weights as string[]);
  const total = totalOf(content, path, entry);
  const wrong = total !== undefined && sumDecimals([total]) !== sum;
  return (
    <Typography variant="body2" role="status" sx={{ color: wrong ? 'error.main' : 'text.secondary' }}>
      {wrong ? t('designer.sumOf', { sum, total }) : t('designer.sum', { sum })}
    </Typography>
  );
}

/** What the weights must add up to; nothing where the rule leaves it open. */
function totalOf(content: Json, path: Path, entry: string): string | undefined {
  if (entry !== 'of') return undefined;
  const around = getAt(content, path.slice(0, -1));
  if (!isJsonObject(around ?? null) || (around as Record<string, Json>).kind !== 'composite') return undefined;
  const { total } = around as Record<string, Json>;
  return total === 'any' ? undefined : typeof total === 'string' && isDecimal(total) ? total : '100';
}
