import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { ArchiveError, directoryEntries, directoryPlace, LONGEST_END } from '../http/archive.ts';
import { problem } from '../http/problem.ts';

const TYPES = '[Content_Types].xml';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/**
 * What may be uploaded: extension, the type that is served, what the content must look like (null: plain text), and what an
 * archive must have inside to be such a document (a name, or the folder of one).
 */
const ACCEPTED: Record<string, { mime: string; magic: readonly string[] | null; inside?: readonly string[] }> = {
  pdf: { mime: 'application/pdf', magic: ['pdf'] },
  ofd: { mime: 'application/ofd', magic: ['zip'], inside: ['OFD.xml'] },
  png: { mime: 'image/png', magic: ['png'] },
  jpg: { mime: 'image/jpeg', magic: ['jpg'] },
  jpeg: { mime: 'image/jpeg', magic: ['jpg'] },
  webp: { mime: 'image/webp', magic: ['webp'] },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, magic: ['docx', 'zip'], inside: [TYPES, 'word/'] },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, magic: ['xlsx', 'zip'], inside: [TYPES, 'xl/'] },
  pptx: { mime: `${OFFICE}.presentationml.presentation`, magic: ['pptx', 'zip'], inside: [TYPES, 'ppt/'] },
  doc: { mime: 'application/msword', magic: ['cfb'] },
  xls: { mime: 'application/vnd.ms-excel', magic: ['cfb'] },
  ppt: { mime: 'application/vnd.ms-powerpoint', magic: ['cfb'] },
  wps: { mime: 'application/vnd.ms-works', magic: ['cfb', 'zip', 'docx'], inside: [TYPES] },
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
    accepted !== undefined &&
    (accepted.magic === null
      ? found === undefined && (await isText(path))
      : found !== undefined && accepted.magic.includes(found.ext) && (await holds(path, found.ext, accepted.inside)));
  if (!accepted || !fits) throw problem('file.type', { accepted: Object.keys(ACCEPTED) });
  return accepted.mime;
};

/** The largest directory of a document that is looked into. */
const MOST_DIRECTORY = 4 * 1024 * 1024;

/** Whether an archive has all of `inside` among its files; old Office files are no archives. */
const holds = async (path: string, found: string, inside: readonly string[] | undefined): Promise<boolean> => {
  if (inside === undefined || found === 'cfb') return true;
  const names = await namesInside(path);
  return inside.every((wanted) =>
    names.some((name) => (wanted.endsWith('/') ? name.startsWith(wanted) : name === wanted)),
  );
};

const namesInside = async (path: string): Promise<string[]> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const part = async (from: number, to: number) => {
      const bytes = Buffer.alloc(to - from);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    };
    const from = Math.max(0, size - LONGEST_END);
    const { at, end, count } = directoryPlace(await part(from, size), from, size);
    return end - at > MOST_DIRECTORY ? [] : directoryEntries(await part(at, end), count).map(({ name }) => name);
  } catch (error) {
    if (error instanceof ArchiveError) return [];
    throw error;
  } finally {
    await file.close();
  }
};

/** UTF-8 or GB18030 all through, no control character but those of lines and tabs, and nothing that a browser would take for a page. */
const isText = async (path: string): Promise<boolean> =>
  (await isTextIn(path, 'utf-8')) || (await isTextIn(path, 'gb18030'));

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;
const PAGE = /^\s*<(!|\?|html|head|body|script|style|svg|iframe|meta|img|a\b)/i;

const isTextIn = async (path: string, encoding: string): Promise<boolean> => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const file = await open(path);
  try {
    let first = true;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (CONTROL.test(text) || (first && PAGE.test(text))) return false;
      first = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await file.close();
  }
};

/** A name that is safe to show and to offer for download: the last part of a path, without control or direction characters. */
export const safeName = (given: string): string => {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{FFFD}<>:"|?*]/gu, '').replace(/^[. ]+|(?<![. ])[. ]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot)] : [clean, ''];
  return `${[...(stem || 'file')].slice(0, 150).join('')}${extension}`;
};
