import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { visuallyHidden } from '../ui/hidden.ts';
import { type Entry, usePalette } from './usePalette.ts';

const PAUSE = 150;

/** Ctrl+K: one box that finds pages, tasks, cycles, units and commands, for people who keep their hands on the keys. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const q = usePaused(typed.trim());
  const { entries, busy } = usePalette(q);
  const [at, setAt] = useState(0);
  const here = Math.min(at, Math.max(0, entries.length - 1));

  const take = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    if (entry.to) navigate(entry.to);
    entry.run?.();
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) setAt((here + step + entries.length) % entries.length);
    else if (event.key === 'Enter') take(entries[here]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="palette-title"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
    >
      <Box component="h2" id="palette-title" sx={visuallyHidden}>
        {t('keys.palette.title')}
      </Box>
      <InputBase
        autoFocus
        fullWidth
        value={typed}
        placeholder={t('keys.palette.placeholder')}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        inputProps={{
          role: 'combobox',
          'aria-label': t('keys.palette.title'),
          'aria-expanded': true,
          'aria-controls': 'palette-list',
          'aria-autocomplete': 'list',
          ...(entries[here] && { 'aria-activedescendant': optionId(entries[here]) }),
        }}
        sx={{ px: 2.5, py: 1.5, fontSize: '1.125rem', borderBottom: '1px solid', borderColor: 'divider' }}
      />
      <Box
        id="palette-list"
        role="listbox"
        aria-label={t('keys.palette.title')}
        aria-busy={busy}
        sx={{ overflowY: 'auto', maxHeight: '60vh', py: 1, minHeight: 64 }}
      >
        {entries.map((entry, index) => (
          <Option
            key={optionId(entry)}
            entry={entry}
            first={entries[index - 1]?.group !== entry.group}
            chosen={index === here}
            onPoint={() => setAt(index)}
            onTake={() => take(entry)}
          />
        ))}
      </Box>
      {entries.length === 0 && !busy && (
        <Typography color="text.secondary" role="status" sx={{ px: 2.5, pb: 3, mt: -5 }}>
          {t('keys.palette.none', { q })}
        </Typography>
      )}
      <Typography
        variant="caption"
        color="text.secondary"
        sx={{ px: 2.5, py: 1, borderTop: '1px solid', borderColor: 'divider' }}
      >
        {t('keys.palette.hint')}
      </Typography>
    </Dialog>
  );
}

const optionId = ({ group, id }: Entry) => `palette-${group}-${id}`;

interface OptionProps {
  entry: Entry;
  first: boolean;
  chosen: boolean;
  onPoint: () => void;
  onTake: () => void;
}

function Option({ entry, first, chosen, onPoint, onTake }: OptionProps) {
  const t = useT();
  return (
    <>
      {first && (
        <Typography variant="overline" color="text.secondary" role="presentation" sx={{ display: 'block', px: 2.5 }}>
          {t(`keys.palette.${entry.group}`)}
        </Typography>
      )}
      {/* The keys are listened to in the box above: it keeps the focus. */}
      <Box
        id={optionId(entry)}
        role="option"
        aria-selected={chosen}
        tabIndex={-1}
        ref={(node: HTMLElement | null) => {
          if (chosen) node?.scrollIntoView({ block: 'nearest' });
        }}
        onMouseMove={onPoint}
        onClick={onTake}
        sx={(theme) => ({
          display: 'flex',
          gap: 2,
          alignItems: 'baseline',
          mx: 1,
          px: 1.5,
          py: 1,
          borderRadius: 1,
          cursor: 'pointer',
          backgroundColor: chosen ? theme.tones.sunken : 'transparent',
        })}
      >
        <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {entry.name}
        </Box>
        {entry.note && (
          <Typography component="span" variant="caption" color="text.secondary" noWrap>
            {entry.note}
          </Typography>
        )}
      </Box>
    </>
  );
}

/** A value once it has been still for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
