/** The same limits as the server's, said before anything is sent. */
export const MAX_BYTES = 20 * 1024 * 1024;

const KINDS = [
  'pdf',
  'doc',
  'docx',
  'xls',
  'xlsx',
  'ppt',
  'pptx',
  'wps',
  'et',
  'dps',
  'ofd',
  'csv',
  'txt',
  'jpg',
  'jpeg',
  'png',
  'gif',
  'webp',
  'zip',
  'rar',
  '7z',
  'mp4',
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
