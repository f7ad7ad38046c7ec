import type { Document } from './document.ts';
import { printHtml } from './html.ts';
import { printPdf } from './pdf.ts';

/** A document, and as what it is printed. */
export interface Printing {
  document: Document;
  as: 'html' | 'pdf';
  at: Date;
}

/** What runs in the thread of the press. */
export default async function print({ document, as, at }: Printing): Promise<Uint8Array> {
  return as === 'pdf' ? printPdf(document, at) : Buffer.from(printHtml(document));
}
