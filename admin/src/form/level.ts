import type { Level } from '../api/types.ts';

export const LEVELS: readonly Level[] = [0, 1, 2];
/** What a file is unless somebody says otherwise. */
export const USUAL_LEVEL: Level = 1;

const NAMES = ['form.files.levels.public', 'form.files.levels.internal', 'form.files.levels.sensitive'] as const;

/** The message that calls a level by its name. */
export const levelName = (level: Level) => NAMES[level];
