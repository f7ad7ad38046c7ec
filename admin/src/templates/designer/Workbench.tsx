import Close from '@mui/icons-material/CloseOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useCallback, useDeferredValue, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { isJsonObject, type Json } from '../../../../workflows/json.ts';
import { type Path, setAt } from '../../../../workflows/template/edit/path.ts';
import { pathText } from '../../../../workflows/template/lint/finding.ts';
import type { TemplateVersion } from '../../api/types.ts';
import { useT } from '../../i18n/useT.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Findings } from '../Findings.tsx';
import { JsonEditor, type JsonEditorHandle } from '../JsonEditor.tsx';
import { locate, syntaxFlaw } from '../locate.ts';
import { useLint } from '../useLint.ts';
import { Conflict } from './Conflict.tsx';
import { Designing } from './context.ts';
import { focusOn, holderOf } from './goTo.ts';
import { Sections } from './Sections.tsx';
import { Settings, useChosenName } from './Settings.tsx';
import { FIRST, reduce, stateOf } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import { Tree } from './Tree.tsx';
import { useAutosave } from './useAutosave.ts';
import { useEdits } from './useEdits.ts';

interface Props {
  template: TemplateVersion;
  view: 'design' | 'json';
  onView: (view: 'design' | 'json') => void;
  /** Gets what saves the draft at once, for whoever must have it on disk. */
  onFlush: (flush: () => Promise<void>) => void;
}

/** A draft with its two faces, the tree and the JSON: one state, one past, saved by itself. */
export default function Workbench({ template, view, onView, onFlush }: Props) {
  const t = useT();
  const [state, dispatch] = useReducer(reduce, template.content as unknown as Json, stateOf);
  const { history, text } = state;
  const { content, selected } = history.present;
  const printed = useMemo(() => JSON.stringify(content, null, 2), [content]);
  const typed = text?.typed ?? printed;
  const flaw = useMemo(() => (text?.broken ? (syntaxFlaw(text.typed) ?? { line: 1, column: 1 }) : undefined), [text]);
  const { findings, busy } = useLint(printed, isJsonObject(content));
  const save = useAutosave(template, content);
  const editor = useRef<JsonEditorHandle>(null);
  const [jump, setJump] = useState<{ path: string }>();
  const choose = useCallback((path: Path) => {
    dispatch({ do: 'select', path });
    setOpen(true);
  }, []);
  const edits = useEdits(content, dispatch, choose);
  const wide = useMediaQuery(useTheme().breakpoints.up('md'));
  const [open, setOpen] = useState(false);

  const flush = useRef(save.flush);
  flush.current = save.flush;
  useEffect(() => onFlush(() => flush.current()), [onFlush]);
  useHistoryKeys(view === 'design', dispatch);

  useEffect(() => {
    if (!jump) return;
    focusOn(jump.path);
    setJump(undefined);
  }, [jump]);

  const designing = useMemo(
    () => ({
      content,
      findings,
      put: (path: Path, value: Json | undefined) =>
        dispatch({ do: 'change', content: setAt(content, path, value), about: pathText(path), at: Date.now() }),
      change: (next: Json, about?: string) =>
        dispatch({ do: 'change', content: next, at: Date.now(), ...(about !== undefined && { about }) }),
    }),
    [content, findings],
  );
  // The tree follows a moment later, so that typing into a field never waits for a hundred rows.
  const now = useMemo(() => ({ designing, selected }), [designing, selected]);
  const later = useDeferredValue(now);
  const jumpTo = (path: string) => {
    if (view === 'json') return editor.current?.goTo(locate(typed, path));
    choose(holderOf(content, path));
    setJump({ path });
  };

  const list = <Findings findings={findings} busy={busy} onJump={jumpTo} />;
  return (
    <Designing.Provider value={designing}>
      <Stack spacing={1.5} sx={{ mb: 1.5 }}>
        {save.state === 'failed' && <ProblemAlert error={save.error} />}
        {save.theirs && (
          <Conflict
            theirs={save.theirs}
            mine={content}
            onKeep={save.overwrite}
            onTake={() => {
              const fresh = save.theirs as TemplateVersion;
              save.accept(fresh);
              dispatch({ do: 'reset', content: fresh.content as unknown as Json });
            }}
          />
        )}
      </Stack>
      {view === 'json' ? (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { lg: 'minmax(0, 1fr) 360px' }, alignItems: 'start' }}>
          <Stack spacing={1} sx={{ minWidth: 0 }}>
            <JsonEditor
              ref={editor}
              text={typed}
              label={t('templates.editor')}
              onChange={(next) => dispatch({ do: 'type', typed: next, at: Date.now() })}
            />
            <Typography variant="caption" color="text.secondary" role="status">
              {flaw ? '' : t(`designer.${save.state === 'conflict' ? 'failed' : save.state}`)}
            </Typography>
          </Stack>
          {flaw ? (
            <Alert severity="error" variant="outlined">
              {t('templates.jsonBad', flaw)}
            </Alert>
          ) : (
            list
          )}
        </Box>
      ) : (
        <>
          {flaw && (
            <Alert
              severity="warning"
              sx={{ mb: 1.5 }}
              action={
                <>
                  <Button size="small" color="inherit" onClick={() => onView('json')}>
                    {t('designer.toJson')}
                  </Button>
                  <Button size="small" color="inherit" onClick={() => dispatch({ do: 'dropText' })}>
                    {t('designer.dropText')}
                  </Button>
                </>
              }
            >
              {t('designer.broken', flaw)}
            </Alert>
          )}
          <Box
            sx={{
              display: 'grid',
              gap: 2.5,
              gridTemplateColumns: { md: 'minmax(0, 5fr) minmax(0, 6fr)' },
              alignItems: 'start',
            }}
          >
            <Box sx={{ minWidth: 0 }}>
              <Toolbar
                selected={selected}
                edits={edits}
                save={save.state}
                onUndo={history.past.length > 0 ? () => dispatch({ do: 'undo' }) : undefined}
                onRedo={history.future.length > 0 ? () => dispatch({ do: 'redo' }) : undefined}
              />
              <Sections selected={String(selected[0])} onSelect={(section) => choose([section])} />
              <Designing.Provider value={later.designing}>
                <Tree selected={later.selected} edits={edits} />
              </Designing.Provider>
            </Box>
            <Stack
              spacing={2}
              sx={{
                minWidth: 0,
                position: { md: 'sticky' },
                top: { md: 12 },
                maxHeight: { md: 'calc(100vh - 24px)' },
                overflowY: { md: 'auto' },
                '& > *': { flexShrink: 0 },
              }}
              tabIndex={wide ? 0 : undefined}
              role={wide ? 'region' : undefined}
              aria-label={wide ? t('designer.sections') : undefined}
            >
              {findings.length > 0 && (
                <Box sx={{ maxHeight: { md: 260 }, overflowY: 'auto', flex: 'none' }}>{list}</Box>
              )}
              {wide && <Chosen selected={selected} />}
              {findings.length === 0 && list}
            </Stack>
          </Box>
          {!wide && (
            <Dialog fullScreen open={open} onClose={() => setOpen(false)} aria-labelledby="chosen-name">
              <Box sx={{ p: 2, overflowY: 'auto' }}>
                <IconButton aria-label={t('designer.close')} onClick={() => setOpen(false)} sx={{ float: 'right' }}>
                  <Close />
                </IconButton>
                <Chosen selected={selected} bare />
              </Box>
            </Dialog>
          )}
        </>
      )}
    </Designing.Provider>
  );
}

function Chosen({ selected, bare = false }: { selected: Path; bare?: boolean }) {
  const name = useChosenName(selected);
  const settings = <Settings key={pathText(selected) || String(FIRST[0])} selected={selected} />;
  return bare ? (
    <>
      <Typography variant="h2" id="chosen-name" sx={{ mb: 2 }}>
        {name}
      </Typography>
      {settings}
    </>
  ) : (
    <Panel title={name}>{settings}</Panel>
  );
}

/** Ctrl+Z takes back, Ctrl+Shift+Z and Ctrl+Y do again: everywhere on the tree's face, for its fields write straight into the draft. */
function useHistoryKeys(on: boolean, dispatch: (action: { do: 'undo' } | { do: 'redo' }) => void): void {
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      if (event.target instanceof HTMLTextAreaElement && event.target.wrap === 'off') return;
      event.preventDefault();
      dispatch({ do: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [on, dispatch]);
}
