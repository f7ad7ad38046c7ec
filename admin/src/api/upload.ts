import { API, headersOf, spoken } from './http.ts';
import { offlineProblem, problemError, readProblem } from './problem.ts';
import type { Evidence, Level } from './types.ts';

/** Sends one file for a field of a task, telling how far it got (0–1). */
export const uploadEvidence = (
  taskId: string,
  field: string,
  file: File,
  level: Level,
  onProgress: (share: number) => void,
): Promise<Evidence> => uploadTo(`/tasks/${taskId}/evidence`, { field, level }, file, onProgress);

/** The same, to any address that takes evidence. XMLHttpRequest, because fetch does not tell. */
export function uploadTo(
  path: string,
  fields: Record<string, string | number>,
  file: File,
  onProgress: (share: number) => void,
): Promise<Evidence> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
    body.set('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', API + path);
    for (const [name, value] of Object.entries(headersOf('POST', { body }))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(problemError(offlineProblem(), spoken()));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 201 || request.status === 200) resolve(answer as Evidence);
      else reject(problemError(readProblem(request.status, answer), spoken()));
    };
    request.send(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
