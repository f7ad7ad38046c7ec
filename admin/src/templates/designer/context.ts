import { createContext, useContext } from 'react';
import type { Json } from '../../../../workflows/json.ts';
import type { Path } from '../../../../workflows/template/edit/path.ts';
import { pathText } from '../../../../workflows/template/lint/finding.ts';
import type { Finding } from '../../api/types.ts';

/** What every input of the designer knows: the draft, how to change it, and what the linter says. */
export interface DesignerContext {
  content: Json;
  findings: readonly Finding[];
  /** Another value at a path; undefined takes it out. */
  put: (path: Path, value: Json | undefined) => void;
  /** Another draft altogether. */
  change: (content: Json, about?: string) => void;
}

export const Designing = createContext<DesignerContext | null>(null);

export function useDesigning(): DesignerContext {
  const found = useContext(Designing);
  if (!found) throw new Error('an input of the designer stands outside of it');
  return found;
}

/** The findings at a path itself. */
export function useFindingsAt(path: Path): Finding[] {
  const { findings } = useDesigning();
  const text = pathText(path);
  return findings.filter((finding) => finding.path === text);
}

/** The findings at a path or below it. */
export const findingsBelow = (findings: readonly Finding[], path: Path): Finding[] => {
  const text = pathText(path);
  return findings.filter(
    (finding) => finding.path === text || finding.path.startsWith(`${text}.`) || finding.path.startsWith(`${text}[`),
  );
};

/** The id of the input of a path. */
export const idOf = (path: Path): string => `d-${pathText(path).replace(/[^A-Za-z0-9_-]/g, '_')}`;
