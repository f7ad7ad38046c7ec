import { rm, stat } from 'node:fs/promises';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { Me } from '../auth/me.ts';
import { problem } from '../http/problem.ts';
import type { Settings } from '../settings/index.ts';
import { type Level, readLevel } from './level.ts';
import { incomingFolder, incomingName } from './store.ts';
import { safeName } from './types.ts';

export interface Upload {
  path: string;
  name: string;
  size: number;
  field: string;
  level: Level;
}

/** Receives the one file of a multipart request, straight to disk, the name of the field it belongs to, and its level. */
export const receive = async (
  request: Request,
  response: Response,
  { data, uploadMaxMb: limitMb }: Pick<Settings, 'data' | 'uploadMaxMb'>,
  me: Pick<Me, 'clearance'>,
): Promise<Upload> => {
  if (!request.is('multipart/form-data')) throw problem('body.type', { expected: 'multipart/form-data' });
  const folder = await incomingFolder(data);
  const parse = multer({
    storage: multer.diskStorage({
      destination: folder,
      filename: (_request, _file, done) => done(null, incomingName()),
    }),
    defParamCharset: 'utf8',
    limits: {
      fileSize: limitMb * 1024 * 1024,
      files: 1,
      fields: 5,
      fieldSize: 1000,
      fieldNameSize: 100,
      parts: 6,
      headerPairs: 50,
    },
  }).single('file');
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error: unknown) => (error ? reject(uploadProblem(error, limitMb)) : resolve()));
  });
  const { file } = request;
  if (!file) throw problem('file.missing');
  const { path, originalname } = file;
  try {
    const level = readLevel(request.body?.level, me);
    const field: unknown = request.body?.field;
    const { size } = await stat(path);
    return { path, name: safeName(originalname), size, field: typeof field === 'string' ? field : '', level };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

const uploadProblem = (error: unknown, limitMb: number): unknown => {
  if (!(error instanceof multer.MulterError)) {
    const message = error instanceof Error ? error.message : '';
    return /Unexpected end of form|Malformed|Boundary/i.test(message)
      ? problem('body.malformed', { reason: message })
      : error;
  }
  if (error.code === 'LIMIT_FILE_SIZE') return problem('file.tooLarge', { limitMb });
  return problem('body.malformed', { reason: error.code });
};
