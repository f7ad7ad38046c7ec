import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { openArchive } from './archive.ts';
import { backupError } from './error.ts';
import {
  HEADER,
  type Header,
  headerSchema,
  isKnownPath,
  MANIFEST,
  type Manifest,
  manifestSchema,
  type Part,
} from './format.ts';
import type { TarFile } from './tar.ts';

/** A backup that was read from end to end and is whole. */
export interface Inspected {
  header: Header;
  manifest: Manifest;
}

/** The longest description that is read into memory: some hundred thousand uploaded files. */
const LONGEST = 256 * 1024 * 1024;

/**
 * Reads a whole backup and compares every byte with its manifest: each part that it names is there, once, in its order, with its
 * size and hash, and nothing else is. @throws `backup.damaged` and what else may be wrong with it
 */
export const inspectBackup = async (path: string, secret: string | undefined): Promise<Inspected> => {
  let header: Header | undefined;
  let manifest: Manifest | undefined;
  const found: Part[] = [];
  for await (const file of openArchive(path, secret)) {
    if (manifest || !isKnownPath(file.path)) throw backupError('backup.damaged', file.path);
    if (!header) {
      if (file.path !== HEADER) throw backupError('backup.unknownFormat');
      header = parse(await readText(file), headerSchema, 'backup.unknownFormat');
    } else if (file.path === MANIFEST) {
      manifest = parse(await readText(file), manifestSchema, 'backup.damaged');
    } else {
      found.push(await hashPart(file));
    }
  }
  if (!header || !manifest) throw backupError('backup.damaged', `${MANIFEST} is missing`);
  const named = partsOf(manifest);
  const wrong = named.findIndex((part, n) => !samePart(part, found[n]));
  if (wrong >= 0) throw backupError('backup.damaged', named[wrong]?.path);
  if (named.length !== found.length) throw backupError('backup.damaged', found[named.length]?.path);
  return { header, manifest };
};

/** Every part of a backup, in its order. */
export const partsOf = ({ tables, jobs, files }: Manifest): Part[] => [
  ...[...tables, jobs].flatMap(({ parts }) => parts),
  ...files,
];

const samePart = (a: Part, b: Part | undefined): boolean =>
  a.path === b?.path && a.bytes === b.bytes && a.sha256 === b.sha256;

const hashPart = async ({ path, bytes }: TarFile): Promise<Part> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { path, bytes: size, sha256: hash.digest('hex') };
};

const readText = async ({ path, size, bytes }: TarFile): Promise<string> => {
  if (size > LONGEST) throw backupError('backup.damaged', path);
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const parse = <T>(text: string, schema: z.ZodType<T>, id: 'backup.unknownFormat' | 'backup.damaged'): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw backupError(id, undefined, cause);
  }
};
