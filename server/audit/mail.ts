import type { Language } from '../../workflows/text.ts';
import { type Checkpoint, readBody } from './checkpoint.ts';

/** The mail that hands a checkpoint to an auditor. */
export const composeCheckpoint = (
  checkpoint: Checkpoint,
  hash: string,
  language: Language,
): { subject: string; body: string } => {
  const { n, body, signature } = checkpoint;
  const content = readBody(body);
  const rows = content?.heads.reduce((sum, [, seq]) => sum + seq, 0) ?? 0;
  const at = content?.at ?? '';
  const line = JSON.stringify({ n, body, signature });
  if (language === 'en')
    return {
      subject: `Audit checkpoint ${n}`,
      body: `Checkpoint ${n} of the audit, made ${at} (UTC), ${rows} rows.\nHash: ${hash}\n\nKeep this mail. Whoever rewrites the audit cannot change what you hold. To compare, save the next line as a file and run\nbihuan audit verify --checkpoints FILE --key PUBLIC-KEY\n\n${line}\n`,
    };
  return {
    subject: `审计检查点 ${n}`,
    body: `审计链第 ${n} 号检查点，生成于 ${at}（UTC），共 ${rows} 条记录。\n摘要：${hash}\n\n请保存本邮件。即使有人改写审计记录，也改不了您手中的检查点。核对时把下面一行存为文件，并执行\nbihuan audit verify --checkpoints 文件 --key 公钥\n\n${line}\n`,
  };
};
