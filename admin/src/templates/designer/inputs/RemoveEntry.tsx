import Close from '@mui/icons-material/CloseOutlined';
import IconButton from '@mui/material/IconButton';
import { useT } from '../../../i18n/useT.ts';

/** Takes an entry out that the template need not have. */
export function RemoveEntry({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useT();
  return (
    <IconButton size="small" aria-label={t('designer.removeEntry', { name })} onClick={onClick}>
      <Close fontSize="small" />
    </IconButton>
  );
}
