import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { useTaskList } from '../api/queries.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { GrowMore } from '../ui/GrowMore.tsx';
import { Tag } from '../ui/Tag.tsx';

/** 抄送: the decisions that were sent to this person, with whether they have opened them. */
export default function Received({ q }: { q: string }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const list = useTaskList('told', { q });
  if (list.items.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="received" sx={{ mb: 3 }}>
      <Typography id="received" variant="h3" component="h2" sx={{ mb: 1 }}>
        {t('talk.received')}
      </Typography>
      <Paper variant="outlined" component="ul" sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}>
        {list.items.map((task) => (
          <Box component="li" key={task.id} sx={{ '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
            <Stack
              component={Link}
              to={`/tasks/${task.id}`}
              data-row
              direction="row"
              spacing={1.5}
              sx={{ px: 2, py: 1.25, alignItems: 'center', color: 'text.primary', textDecoration: 'none' }}
            >
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography sx={{ fontWeight: task.copy?.readAt ? 400 : 600 }}>{text(task.blockName)}</Typography>
                <Typography variant="caption" color="text.secondary" component="div">
                  {task.title}
                  {task.copy?.by &&
                    ` · ${t('talk.copyBy', { name: task.copy.by.name, when: format.ago(task.copy.at) })}`}
                </Typography>
              </Box>
              {!task.copy?.readAt && <Tag tone="soon">{t('talk.copyUnread')}</Tag>}
            </Stack>
          </Box>
        ))}
      </Paper>
      <GrowMore list={list} />
    </Box>
  );
}
