import ArrowBack from '@mui/icons-material/ArrowBackOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';

interface Props {
  title: string;
  /** A line over the title: where this belongs. */
  over?: ReactNode;
  under?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  back?: string;
  width?: number;
  children: ReactNode;
}

/** The frame of every page: one heading, its place, its actions, and the width that reads well. */
export function Page({ title, over, under, lead, actions, back, width = 1180, children }: Props) {
  const t = useT();
  useTitle(title);
  return (
    <Box sx={{ maxWidth: width, mx: 'auto', px: { xs: 2, sm: 3, lg: 5 }, pt: { xs: 2, md: 4 }, pb: 6 }}>
      <Stack
        direction="row"
        useFlexGap
        sx={{ alignItems: 'flex-start', gap: 1.5, flexWrap: { xs: 'wrap', sm: 'nowrap' }, mb: { xs: 2, md: 3 } }}
      >
        {back && (
          <IconButton
            component={Link}
            to={back}
            aria-label={t('common.back')}
            size="small"
            sx={{ ml: -1, mt: over ? 2.5 : 0.25 }}
          >
            <ArrowBack fontSize="small" />
          </IconButton>
        )}
        {lead}
        <Box sx={{ flex: { xs: '1 1 60%', sm: 1 }, minWidth: 0 }}>
          {over && (
            <Typography variant="caption" color="text.secondary" component="div" sx={{ mb: 0.25 }}>
              {over}
            </Typography>
          )}
          <Typography variant="h1">{title}</Typography>
          {under && (
            <Typography variant="body2" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
              {under}
            </Typography>
          )}
        </Box>
        {actions && (
          <Stack
            direction="row"
            spacing={1}
            useFlexGap
            className="no-print"
            sx={{
              flexWrap: 'wrap',
              justifyContent: { sm: 'flex-end' },
              width: { xs: '100%', sm: 'auto' },
              maxWidth: { sm: '60%' },
            }}
          >
            {actions}
          </Stack>
        )}
      </Stack>
      {children}
    </Box>
  );
}

/** The tab's title, with the product's name after it. */
export function useTitle(title: string): void {
  const t = useT();
  const name = t('common.name');
  useEffect(() => {
    document.title = title ? `${title} · ${name}` : name;
  }, [title, name]);
}
