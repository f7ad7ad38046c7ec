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

/** What can be shown without a program of its own: pictures and plain text. */
export const canPreview = ({ mime }: Pick<Evidence, 'mime'>): boolean =>
  ['image/png', 'image/jpeg', 'image/webp', 'text/plain', 'text/csv'].includes(mime);
