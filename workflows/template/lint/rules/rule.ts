import type { Finding } from '../finding.ts';
import type { Model } from '../model.ts';

/** A rule reads a template that has the right shape and says what it finds. */
export type Rule = (model: Model) => Finding[];
