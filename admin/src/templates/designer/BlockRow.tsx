import Drag from '@mui/icons-material/DragIndicatorOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { isJsonObject, type JsonObject } from '../../../../workflows/json.ts';
import { getAt, type Path } from '../../../../workflows/template/edit/path.ts';
import type { BlockNode } from '../../../../workflows/template/edit/tree.ts';
import { pathText } from '../../../../workflows/template/lint/finding.ts';
import { valueName } from '../../../../workflows/template/words/index.ts';
import type { Text } from '../../api/types.ts';
import { iconOf } from '../../flow/icons.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Tag } from '../../ui/Tag.tsx';
import { findingsBelow, useDesigning } from './context.ts';
import { DRAGGED } from './Tree.tsx';
import type { Edits } from './useEdits.ts';
import { dateWords, useSummary } from './useSummary.ts';

/** A block of the draft: what it is, who acts until when, and what the linter found in it. */
export function BlockRow({ node, selected, edits }: { node: BlockNode; selected: Path; edits: Edits }) {
  const t = useT();
  const text = useText();
  const { content, findings } = useDesigning();
  const { block, path } = node;
  const chosen = pathText(selected) === pathText(path);
  const own = findingsBelow(findings, path).filter(
    (finding) => !node.lists.some((list) => finding.path.startsWith(`${pathText(list.path)}[`)),
  );
  const errors = own.filter(({ severity }) => severity === 'error').length;
  const type = String(block.type);
  const Icon = iconOf(type);
  const name = isJsonObject(block.name ?? null) ? text(block.name as unknown as Text) : '';
  const note = useNote(block);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.altKey
      ? ({ ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' } as const)[event.key]
      : undefined;
    if (step) {
      event.preventDefault();
      edits.step(path, step, block);
    } else if (event.key === 'Delete') {
      event.preventDefault();
      edits.remove(path, block);
    }
  };

  return (
    <ButtonBase
      data-node={pathText(path)}
      aria-current={chosen ? 'true' : undefined}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Delete"
      onClick={() => edits.select(path)}
      onKeyDown={onKeyDown}
      draggable
      onDragStart={(event: React.DragEvent) => {
        event.dataTransfer.setData(DRAGGED, JSON.stringify(path));
        event.dataTransfer.effectAllowed = 'move';
      }}
      sx={(theme) => ({
        width: '100%',
        display: 'flex',
        alignItems: 'flex-start',
        textAlign: 'left',
        gap: 1,
        px: 1,
        py: 0.75,
        borderRadius: 1,
        border: `1px solid ${chosen ? theme.palette.primary.main : theme.palette.divider}`,
        backgroundColor: chosen ? theme.tones.calmSoft : theme.palette.background.paper,
        '&:hover .drag': { opacity: 1 },
      })}
    >
      <Drag
        className="drag"
        fontSize="small"
        sx={{ opacity: 0.35, color: 'text.secondary', mt: 0.25, cursor: 'grab' }}
      />
      <Icon fontSize="small" sx={{ color: 'primary.main', mt: 0.25 }} />
      <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
        <Typography
          variant="body2"
          component="span"
          sx={{ display: 'block', fontWeight: 500, overflowWrap: 'anywhere' }}
        >
          {name || t('designer.unnamed')}
        </Typography>
        <Typography
          variant="caption"
          component="span"
          color="text.secondary"
          sx={{ display: 'block', overflowWrap: 'anywhere' }}
        >
          {[text(valueName('type', type)), ...note].join(' · ')}
        </Typography>
      </Box>
      {block.per === 'cycle' && <Tag>{t('designer.perCycle')}</Tag>}
      {own.length > 0 && (
        <Tag tone={errors ? 'late' : 'soon'}>
          {errors
            ? t('templates.errors', { smart_count: errors })
            : t('templates.warnings', { smart_count: own.length })}
        </Tag>
      )}
      {getAt(content, [...path, 'key']) === undefined && <Tag tone="late">!</Tag>}
    </ButtonBase>
  );
}

/** Who acts, until when, how much there is to fill in. */
function useNote(block: JsonObject): string[] {
  const text = useText();
  const t = useT();
  const format = useFormat();
  const summary = useSummary();
  const who = Array.isArray(block.who) ? block.who.map((one) => summary(one, 'who')).filter(Boolean) : [];
  const until = dateWords(block.deadline ?? block.until);
  const fields = Array.isArray(block.fields) ? block.fields.length : 0;
  const rungs = Array.isArray(block.escalate) ? block.escalate.length : 0;
  return [
    ...(who.length > 0 ? [format.list(who)] : []),
    ...(until ? [text(until)] : []),
    ...(fields > 0 ? [t('designer.fieldCount', { smart_count: fields })] : []),
    ...(rungs > 0 ? [t('designer.rungCount', { smart_count: rungs })] : []),
  ];
}
