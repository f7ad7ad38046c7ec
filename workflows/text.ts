import { z } from 'zod';

/** A text in the two languages of the product. */
export interface Text {
  zh: string;
  en: string;
}

export const textSchema = z.object({ zh: z.string().min(1).max(2000), en: z.string().min(1).max(2000) });

export type Language = keyof Text;
