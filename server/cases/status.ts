import { z } from 'zod';

/** Whether a case goes on, stands still, or has ended. */
export const caseStatusSchema = z.enum(['active', 'suspended', 'done', 'cancelled']);
