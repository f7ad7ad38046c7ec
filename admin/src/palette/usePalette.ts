import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLogout } from 'ra-core';
import { call } from '../api/http.ts';
import type { Cycle, List, Task } from '../api/types.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { menuFor } from '../layout/menu.ts';
import { rememberLanguage, useCan } from '../session/session.ts';
import { chooseMode, type Mode } from '../theme/mode.ts';

/** One line of the palette: where it leads, or what it does. */
export interface Entry {
  id: string;
  group: 'pages' | 'tasks' | 'cycles' | 'units' | 'commands';
  name: string;
  note?: string;
  to?: string;
  run?: () => void;
}

const FOUND = 6;
const MODES: Mode[] = ['auto', 'light', 'dark'];

/** What fits the words: pages and commands by their names, tasks, cycles and units as the server finds them. */
export function usePalette(q: string): { entries: Entry[]; busy: boolean } {
  const t = useT();
  const text = useText();
  const can = useCan();
  const { language, change } = useLanguage();
  const logout = useLogout();

  const found = useQuery({
    queryKey: ['palette', q],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { q, limit: FOUND };
      const [tasks, cycles, units] = await Promise.all([
        can('business') ? call<List<Task>>('/tasks', { query: { ...query, box: 'todo' }, signal }) : null,
        can('business') ? call<List<Cycle>>('/cycles', { query, signal }) : null,
        call<List<{ id: string; name: string; code: string }>>('/orgs', { query, signal }),
      ]);
      return { tasks: tasks?.items ?? [], cycles: cycles?.items ?? [], units: units.items };
    },
  });

  const fits = ({ name }: Entry) => name.toLocaleLowerCase().includes(q.toLocaleLowerCase());
  const other = language === 'zh' ? 'en' : 'zh';
  const pages = menuFor(can)
    .flatMap(({ items }) => items)
    .map(({ to, label }): Entry => ({ id: to, group: 'pages', name: t(label), to }));
  const commands: Entry[] = [
    {
      id: 'language',
      group: 'commands',
      name: t(other === 'en' ? 'keys.palette.english' : 'keys.palette.chinese'),
      run: () => void change(other).then(() => rememberLanguage(other)),
    },
    ...MODES.map(
      (mode): Entry => ({
        id: mode,
        group: 'commands',
        name: t(`keys.palette.theme.${mode}`),
        run: () => chooseMode(mode),
      }),
    ),
    { id: 'signOut', group: 'commands', name: t('keys.palette.signOut'), run: () => void logout() },
  ];
  const { tasks = [], cycles = [], units = [] } = q === '' ? {} : (found.data ?? {});
  return {
    busy: found.isFetching,
    entries: [
      ...pages.filter(fits),
      ...tasks.map(
        (task): Entry => ({
          id: task.id,
          group: 'tasks',
          name: [task.org?.name ?? task.title, text(task.blockName)].join(' · '),
          ...(task.cycle && { note: task.cycle.name }),
          to: `/tasks/${task.id}`,
        }),
      ),
      ...cycles.map(({ id, name }): Entry => ({ id, group: 'cycles', name, to: `/cycles/${id}` })),
      ...units.map(({ id, name, code }): Entry => ({ id, group: 'units', name, note: code, to: `/orgs/${id}` })),
      ...(q === '' ? [] : commands.filter(fits)),
    ],
  };
}
