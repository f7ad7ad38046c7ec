import { fileTypeFromFile } from 'file-type';
import { problem } from '../http/problem.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What may be uploaded: extension, the type that is served, and what the content must look like (null: plain text). */
const ACCEPTED: Record<string, { mime: string; magic: readonly string[] | null }> = {
  pdf: { mime: 'application/pdf', magic: ['pdf'] },
  ofd: { mime: 'application/ofd', magic: ['zip'] },
  png: { mime: 'image/png', magic: ['png'] },
  jpg: { mime: 'image/jpeg', magic: ['jpg'] },
  jpeg: { mime: 'image/jpeg', magic: ['jpg'] },
  webp: { mime: 'image/webp', magic: ['webp'] },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, magic: ['docx', 'zip'] },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, magic: ['xlsx', 'zip'] },
  pptx: { mime: `${OFFICE}.presentationml.presentation`, magic: ['pptx', 'zip'] },
  doc: { mime: 'application/msword', magic: ['cfb'] },
  xls: { mime: 'application/vnd.ms-excel', magic: ['cfb'] },
  ppt: { mime: 'application/vnd.ms-powerpoint', magic: ['cfb'] },
  wps: { mime: 'application/vnd.ms-works', magic: ['cfb', 'zip'] },
  zip: { mime: 'application/zip', magic: ['zip'] },
  txt: { mime: 'text/plain', magic: null },
  csv: { mime: 'text/csv', magic: null },
};

/** The type of an uploaded file, by its name and by its content, which must agree. */
export const typeOfFile = async (path: string, name: string): Promise<string> => {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const accepted = Object.hasOwn(ACCEPTED, extension) ? ACCEPTED[extension] : undefined;
  const found = await fileTypeFromFile(path);
  const fits =
    accepted?.magic === null ? found === undefined : found !== undefined && accepted?.magic?.includes(found.ext);
  if (!accepted || !fits) throw problem('file.type', { accepted: Object.keys(ACCEPTED) });
  return accepted.mime;
};

/** A name that is safe to show and to offer for download: the last part of a path, without control or direction characters. */
export const safeName = (given: string): string => {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{FFFD}<>:"|?*]/gu, '').replace(/^[. ]+|[. ]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot)] : [clean, ''];
  return `${[...(stem || 'file')].slice(0, 150).join('')}${extension}`;
};
