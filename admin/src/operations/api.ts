import { useGet } from '../api/queries.ts';
import type { Ref, Text } from '../api/types.ts';

export interface Handled {
  done: number;
  late: number;
  medianHours: number | null;
  p90Hours: number | null;
  open: number;
  overdue: number;
}

export interface HandledBlock extends Handled {
  block: string;
  name: Text;
  phase: string;
  returned: number;
}

export interface Handling {
  blocks: HandledBlock[];
  offices: (Handled & { org: Ref })[];
}

export interface Operations {
  at: string;
  jobs: {
    waiting: number;
    running: number;
    later: number;
    failing: number;
    oldestSeconds: number | null;
    kinds: { task: string; waiting: number; failing: number }[];
  };
  timers: { waiting: number; due: number; parked: number; latestSeconds: number | null; next: string | null };
  mails: { queued: number; failed: number; oldestSeconds: number | null };
  incidents: { open: number; lastDay: number };
  steps: { lastHour: number; lastDay: number };
  tasks: { open: number; overdue: number };
  workers: { node: string; workers: number; alive: boolean }[];
}

const SOON_AGAIN = 10_000;

export const useHandling = (cycleId: string) =>
  useGet<Handling>(['cycles', cycleId, 'handling'], `/cycles/${cycleId}/handling`);
export const useOperations = () => useGet<Operations>(['operations'], '/operations', { refetchInterval: SOON_AGAIN });
