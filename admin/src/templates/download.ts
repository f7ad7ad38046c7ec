import type { TemplateVersion } from '../api/types.ts';
import { save } from '../chart/save.ts';

/** Takes a version along as the file that `bihuan template` and the import read. */
export const download = ({ key, version, content }: Pick<TemplateVersion, 'key' | 'version' | 'content'>): void =>
  save(`${key}-v${version}.json`, 'application/json', `${JSON.stringify(content, null, 2)}\n`);
