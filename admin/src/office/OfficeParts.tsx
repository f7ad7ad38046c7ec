import type { ComponentType } from 'react';
import { useDashboard } from '../api/queries.ts';
import type { Cycle, Dashboard } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import type { office } from '../i18n/zh/office.ts';
import { useCan } from '../session/session.ts';
import { Parts } from '../ui/Parts.tsx';

type Key = keyof (typeof office)['part'];

interface Props {
  tab: 'process' | 'evaluation' | 'rectify';
  cycle: Cycle;
  views: { [Name in Key]?: ComponentType<{ cycle: Cycle }> };
  /** What of the dashboard is counted at a part. */
  counts: { [Name in Key]?: keyof Dashboard['waiting'] };
  /** Who sees a part beside the performance office. */
  also?: { [Name in Key]?: string };
}

/** The parts of one of the office’s tabs, each with how much of it waits for a decision. */
export function OfficeParts({ tab, cycle, views, counts, also = {} }: Props) {
  const t = useT();
  const can = useCan();
  const { data } = useDashboard(cycle.id, can('cycles.watch'));
  return (
    <Parts
      view={tab}
      label={t(`cycles.tab.${tab}`)}
      props={{ cycle }}
      parts={(Object.keys(views) as Key[]).flatMap((key) => {
        const view = views[key];
        const what = counts[key];
        const seen = can('cycles.watch') || can(also[key] ?? '');
        return view && seen ? [{ key, name: t(`office.part.${key}`), view, count: what && data?.waiting[what] }] : [];
      })}
    />
  );
}
