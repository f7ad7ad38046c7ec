import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';
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
  useQuery({
    queryKey: ['cycles', cycleId, 'heatmap'],
    queryFn: ({ signal }) => call<Heatmap>(`/cycles/${cycleId}/heatmap`, { signal }),
  });

export const useOutlook = (cycleId: string, org: string, code: string) =>
  useQuery({
    queryKey: ['cycles', cycleId, 'outlook', org, code],
    queryFn: ({ signal }) => call<Outlook>(`/cycles/${cycleId}/outlook`, { query: { org, code }, signal }),
    retry: false,
  });
