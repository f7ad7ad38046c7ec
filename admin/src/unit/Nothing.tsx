import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** A part of a page that is empty, and what would be there. */
export function Nothing({ title, help }: { title: string; help: string }) {
  return (
    <Box sx={{ px: { xs: 2, sm: 2.5 }, py: 2.5 }}>
      <Typography sx={{ fontWeight: 500 }}>{title}</Typography>
      <Typography variant="body2" color="text.secondary">
        {help}
      </Typography>
    </Box>
  );
}
