import ChevronLeft from '@mui/icons-material/ChevronLeftOutlined';
import ChevronRight from '@mui/icons-material/ChevronRightOutlined';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useListContext, useTranslate } from 'ra-core';

/** Back and forth through react-admin's list. No jump to a far page: the API walks by keyset. */
export function Pager() {
  const { page, perPage, total = 0, setPage, hasNextPage } = useListContext();
  const translate = useTranslate();
  if (total === 0) return null;
  const from = (page - 1) * perPage + 1;
  return (
    <Stack
      direction="row"
      spacing={0.5}
      sx={{
        alignItems: 'center',
        justifyContent: 'flex-end',
        px: 1.5,
        py: 0.5,
        borderTop: '1px solid',
        borderColor: 'divider',
      }}
    >
      <Typography variant="caption" color="text.secondary" role="status">
        {translate('ra.navigation.page_range_info', {
          offsetBegin: from,
          offsetEnd: Math.min(page * perPage, total),
          total,
        })}
      </Typography>
      <IconButton
        size="small"
        aria-label={translate('ra.navigation.previous')}
        disabled={page <= 1}
        onClick={() => setPage(page - 1)}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        size="small"
        aria-label={translate('ra.navigation.next')}
        disabled={!hasNextPage}
        onClick={() => setPage(page + 1)}
      >
        <ChevronRight />
      </IconButton>
    </Stack>
  );
}
