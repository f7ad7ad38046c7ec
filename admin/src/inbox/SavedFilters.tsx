import Bookmark from '@mui/icons-material/BookmarkAddOutlined';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { rememberPreferences, useMe } from '../session/session.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Filter, writeFilter } from './useFilter.ts';

const MOST = 20;

/** Filters that somebody has given a name, one touch away; what is filtered now can be given one. */
export default function SavedFilters({ filter, filtered }: { filter: Filter; filtered: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const saved = useMe()?.preferences.filters ?? [];
  const [naming, setNaming] = useState(false);
  const [error, setError] = useState<unknown>();
  const query = writeFilter(filter).toString();
  const known = saved.some((one) => one.query === query);
  const keep = (filters: typeof saved) => rememberPreferences({ filters }).then(() => setError(undefined), setError);

  return (
    <>
      {error !== undefined && <ProblemAlert error={error} onClose={() => setError(undefined)} />}
      <Stack
        direction="row"
        useFlexGap
        spacing={1}
        role="group"
        aria-label={t('keys.filters.saved')}
        className="no-print"
        sx={{ flexWrap: 'wrap', mb: 2, alignItems: 'center' }}
      >
        {saved.map((one) => (
          <Chip
            key={one.name}
            label={one.name}
            variant={one.query === query ? 'filled' : 'outlined'}
            color={one.query === query ? 'primary' : 'default'}
            onClick={() => navigate(`/inbox?${one.query}`)}
            onDelete={() => void keep(saved.filter((other) => other !== one))}
            aria-current={one.query === query ? 'true' : undefined}
            title={t('keys.filters.remove', { name: one.name })}
          />
        ))}
        {filtered && !known && (
          <Button size="small" startIcon={<Bookmark />} onClick={() => setNaming(true)}>
            {t('keys.filters.save')}
          </Button>
        )}
      </Stack>
      {naming && (
        <Naming
          suggested={filter.q}
          full={saved.length >= MOST}
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false);
            void keep([...saved.filter((one) => one.name !== name), { name, query }]);
          }}
        />
      )}
    </>
  );
}

interface NamingProps {
  suggested: string;
  full: boolean;
  onClose: () => void;
  onName: (name: string) => void;
}

function Naming({ suggested, full, onClose, onName }: NamingProps) {
  const t = useT();
  const [name, setName] = useState(suggested);
  const given = name.trim();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="filter-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given && !full) onName(given);
        }}
      >
        <DialogTitle id="filter-title">{t('keys.filters.save')}</DialogTitle>
        <DialogContent>
          <TextField
            autoFocus
            fullWidth
            label={t('keys.filters.name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={full}
            helperText={full ? t('keys.filters.full', { most: MOST }) : undefined}
            slotProps={{ htmlInput: { maxLength: 40 } }}
            sx={{ mt: 1 }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!given || full}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
