import type { ReportPart } from '../../../workflows/report/part.ts';
import { API, queryString } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import type { Text } from '../api/types.ts';

export interface Report {
  cycle: { id: string; name: string; year: number };
  on: string;
  period: string | null;
  category: { key: string; name: Text } | null;
  unit: { id: string; name: string } | null;
  choices: {
    categories: { key: string; name: Text }[];
    units: { id: string; name: string; category: string }[];
  };
  title: Text;
  parts: ReportPart[];
}

/** What of a cycle is asked for; empty: all of it. */
export interface Asked {
  period: string;
  category: string;
  org: string;
}

export const useReport = (cycleId: string, asked: Asked) =>
  useGet<Report>(['cycles', cycleId, 'report', asked], `/cycles/${cycleId}/report`, {
    query: { ...asked },
    retry: false,
  });

/** Where the report is as a file. */
export const fileOf = (cycleId: string, asked: Asked, format: 'html' | 'pdf' | 'json', language: string): string =>
  `${API}/cycles/${cycleId}/report${queryString({ ...asked, format, language })}`;
