import Typography from '@mui/material/Typography';

/** What somebody wrote, kept as they wrote it. */
export function Said({ name, words }: { name: string; words: string }) {
  return (
    <Typography
      variant="body2"
      component="div"
      sx={(theme) => ({
        mt: 1,
        px: 1.5,
        py: 1,
        borderRadius: 1,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        backgroundColor: theme.tones.faint,
      })}
    >
      <Typography variant="caption" color="text.secondary" component="div">
        {name}
      </Typography>
      {words}
    </Typography>
  );
}
