import type { Model } from '../../model.ts';
import type { Finding } from '../finding.ts';

/** A rule reads a template that has the right shape and says what it finds. */
export type Rule = (model: Model) => Finding[];
