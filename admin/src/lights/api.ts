import { useGet } from '../api/queries.ts';
import type { Text } from '../api/types.ts';
import type { LightColour } from '../ui/Light.tsx';

export interface Cell {
  org: string;
  code: string;
  colour: LightColour | null;
  period: string | null;
  because: Text | null;
}

export interface Heatmap {
  units: { id: string; name: string; category: string | null }[];
  indicators: { code: string; name: string }[];
  cells: Cell[];
  counts: Record<string, number>;
}

export interface Outlook {
  indicator: { code: string; name: string };
  unit: string;
  direction: 'up' | 'down' | 'band';
  target: string | null;
  points: { period: string; value: string | null; running: string | null; colour: LightColour | null }[];
  value: string | null;
  forecast: { value: string; slope: string; low: string; high: string; n: number; meets: boolean | null } | null;
  years: { year: number; value: string }[];
  growth: string | null;
  improving: boolean | null;
}

export const useHeatmap = (cycleId: string) =>
  useGet<Heatmap>(['cycles', cycleId, 'heatmap'], `/cycles/${cycleId}/heatmap`);

export const useOutlook = (cycleId: string, org: string, code: string) =>
  useGet<Outlook>(['cycles', cycleId, 'outlook', org, code], `/cycles/${cycleId}/outlook`, {
    query: { org, code },
    retry: false,
  });
