import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { toldError } from '../toldError.ts';
import type { AuditRow } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';

const rowSchema = z.object({
  stripe: z.int(),
  seq: z.int(),
  at: z.iso.datetime(),
  actor: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  ok: z.boolean(),
  detail: z.string().nullable(),
  request: z.string().nullable(),
  address: z.string().nullable(),
  prev: z.string(),
  hash: z.string(),
  alg: z.string(),
});
const checkpointSchema = z.object({ n: z.int(), body: z.string(), signature: z.string() });

/** The lines of a file, one at a time. */
export const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });

/** The row of a line. @throws where it is none */
export const parseRow = (line: string, path: string, number: number): AuditRow =>
  parseLine(rowSchema, line, path, number);

/** The rows of an export (JSON lines). */
export async function* fileRows(path: string): AsyncGenerator<AuditRow> {
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    if (line !== '') yield parseRow(line, path, number);
  }
}

/** The checkpoints that were kept in a file. */
export const fileCheckpoints = async (path: string): Promise<Checkpoint[]> => {
  const checkpoints: Checkpoint[] = [];
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const one = line === '' ? undefined : parseLine(checkpointSchema, line, path, number);
    // Two processes of a machine may have kept the same one.
    const known = one && checkpoints.findLast(({ n }) => n === one.n);
    if (one && (known?.body !== one.body || known.signature !== one.signature)) checkpoints.push(one);
  }
  return checkpoints;
};

const parseLine = <Value>(schema: z.ZodType<Value>, line: string, path: string, number: number): Value => {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw toldError(
      'audit.file',
      { zh: `${path} 第 ${number} 行无法读取`, en: `line ${number} of ${path} cannot be read` },
      {
        cause,
        hint: {
          zh: '应为 bihuan audit export 或检查点文件的 JSON 行',
          en: 'JSON lines of bihuan audit export, or of a file of checkpoints',
        },
      },
    );
  }
};
