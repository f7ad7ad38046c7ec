import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useEffect, useState } from 'react';

/** The shape of a page while it comes. Shown after a moment only, so that quick pages do not flicker. */
export function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <Box sx={{ minHeight: '60vh' }} />;
  return (
    <Box aria-busy sx={{ maxWidth: 1180, mx: 'auto', px: { xs: 2, sm: 3, lg: 5 }, pt: 4 }}>
      <Skeleton width={220} height={36} />
      <Skeleton width={320} sx={{ mb: 3 }} />
      <Skeleton variant="rounded" height={280} />
    </Box>
  );
}
