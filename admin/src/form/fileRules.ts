import type { Evidence } from '../api/types.ts';
/** The same limits as the server's, said before anything is sent. */
export const MAX_BYTES = 20 * 1024 * 1024;

const KINDS = [
  'pdf',
  'ofd',
  'png',
  'jpg',
  'jpeg',
  'webp',
  'doc',
  'docx',
  'xls',
  'xlsx',
  'ppt',
  'pptx',
  'wps',
  'zip',
  'txt',
  'csv',
];

export const ACCEPT = KINDS.map((kind) => `.${kind}`).join(',');

export type FileFlaw = 'tooLarge' | 'wrongKind' | 'empty';

/** Why a file cannot be uploaded, if it cannot. */
export function flawOf(file: { name: string; size: number }): FileFlaw | undefined {
  const kind = file.name.split('.').pop()?.toLowerCase() ?? '';
  if (!KINDS.includes(kind)) return 'wrongKind';
  if (file.size === 0) return 'empty';
  return file.size > MAX_BYTES ? 'tooLarge' : undefined;
}

const PICTURES = ['image/png', 'image/jpeg', 'image/webp'];
const WORDS = ['text/plain', 'text/csv'];

export type Preview = 'picture' | 'words' | 'pdf';

/** How a file can be shown without a program of its own; PDF only where the browser brings a viewer. */
export const previewOf = (
  { mime }: Pick<Evidence, 'mime'>,
  { pdfViewerEnabled }: Pick<Navigator, 'pdfViewerEnabled'> = navigator,
): Preview | undefined => {
  if (PICTURES.includes(mime)) return 'picture';
  if (WORDS.includes(mime)) return 'words';
  return mime === 'application/pdf' && pdfViewerEnabled ? 'pdf' : undefined;
};
