import type { Text } from '../../workflows/text.ts';
import { type ToldError, toldError } from '../toldError.ts';

const unchanged: Text = { zh: '未作任何改动', en: 'nothing was changed' };

const entries = {
  'backup.damaged': {
    title: { zh: '备份文件已损坏、不完整或被改动', en: 'the backup is damaged, incomplete or was tampered with' },
    hint: { zh: `${unchanged.zh}；请使用另一份备份`, en: `${unchanged.en}; use another backup` },
  },
  'backup.secret': {
    title: {
      zh: '备份已加密，口令不对或未给出',
      en: 'the backup is encrypted, and the passphrase is missing or wrong',
    },
    hint: {
      zh: `${unchanged.zh}；请用 BIHUAN_BACKUP_PASSPHRASE（或 _FILE）给出制作备份时的口令`,
      en: `${unchanged.en}; set BIHUAN_BACKUP_PASSPHRASE (or _FILE) to what it was when the backup was made`,
    },
  },
  'backup.unknownFormat': {
    title: { zh: '这不是闭环的备份，或由更新的版本制作', en: 'this is no backup of Bihuan, or one of a newer version' },
    hint: {
      zh: `${unchanged.zh}；请用制作它的版本恢复`,
      en: `${unchanged.en}; restore it with the version that made it`,
    },
  },
  'backup.otherSchema': {
    title: { zh: '备份的数据库结构不是本版本所知的', en: "this version does not know the backup's schema" },
    hint: {
      zh: `${unchanged.zh}；请用制作它的版本恢复`,
      en: `${unchanged.en}; restore it with the version that made it`,
    },
  },
  'backup.otherHash': {
    title: { zh: '备份文件的 SHA-256 与给出的不同', en: "the backup's SHA-256 is not the one given" },
    hint: { zh: `${unchanged.zh}；文件不是当初的那一份`, en: `${unchanged.en}; the file is not the one that was made` },
  },
  'backup.unreadable': {
    title: { zh: '无法读取备份文件', en: 'the backup cannot be read' },
    hint: { zh: '检查路径与权限', en: 'check its path and who may read it' },
  },
  'backup.unwritable': {
    title: { zh: '无法写入备份', en: 'the backup cannot be written' },
    hint: {
      zh: '检查路径、权限与剩余空间；已有的文件不会被覆盖',
      en: 'check path, rights and space; a file that exists is not overwritten',
    },
  },
  'backup.keysInClear': {
    title: { zh: '密钥只能放入加密的备份', en: 'keys go into an encrypted backup only' },
    hint: {
      zh: '请设置 BIHUAN_BACKUP_PASSPHRASE（或 _FILE），或去掉 --with-keys',
      en: 'set BIHUAN_BACKUP_PASSPHRASE (or _FILE), or leave --with-keys out',
    },
  },
  'restore.notEmpty': {
    title: { zh: '目标数据库不是空的', en: 'the database to restore into is not empty' },
    hint: {
      zh: `${unchanged.zh}；请另建一个空数据库，或换一个 BIHUAN_DATA 目录`,
      en: `${unchanged.en}; create an empty database, or use another BIHUAN_DATA folder`,
    },
  },
  'restore.otherKeys': {
    title: { zh: '数据目录中已有另一套密钥', en: 'the data folder has other keys already' },
    hint: { zh: `${unchanged.zh}；请换一个 BIHUAN_DATA 目录`, en: `${unchanged.en}; use another BIHUAN_DATA folder` },
  },
} satisfies Record<string, { title: Text; hint: Text }>;

export type BackupErrorId = keyof typeof entries;

/** Why a backup could not be made or restored. */
export const backupError = (id: BackupErrorId, detail?: string, cause?: unknown): ToldError =>
  toldError(id, entries[id].title, { hint: entries[id].hint, ...(detail && { detail }), cause });
