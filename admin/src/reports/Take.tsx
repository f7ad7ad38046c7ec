import Download from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { PrintButton } from '../ui/PrintButton.tsx';

interface Props {
  /** Where the report is, by format. */
  files: { pdf: string; html: string; json: string };
  onCsv: () => void;
}

/** Takes the report along: on paper or as a file. */
export function Take({ files, onCsv }: Props) {
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = () => setAnchor(undefined);
  return (
    <>
      <PrintButton />
      <Button
        size="small"
        variant="outlined"
        startIcon={<Download />}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t('reports.download')}
      </Button>
      <Menu open={anchor !== undefined} anchorEl={anchor ?? null} onClose={close}>
        {(['pdf', 'html', 'json'] as const).map((format) => (
          <MenuItem key={format} component="a" href={files[format]} download onClick={close}>
            {t(`reports.${format}`)}
          </MenuItem>
        ))}
        <MenuItem
          onClick={() => {
            onCsv();
            close();
          }}
        >
          {t('reports.csv')}
        </MenuItem>
      </Menu>
    </>
  );
}
