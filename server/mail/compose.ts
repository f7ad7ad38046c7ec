import type { Language, Text } from '../../workflows/text.ts';

/** The city's wall clock: offices read 2026-03-09 18:00, not an instant. */
export const cityTime = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const FOOT: Text = {
  zh: '此邮件由闭环系统自动发送，请勿直接回复。',
  en: 'This mail was sent by Bihuan automatically. Please do not reply to it.',
};
const GREETING: Text = { zh: '{name}：', en: 'Dear {name},' };
const OPEN: Text = { zh: '打开：', en: 'Open: ' };

const letter = (language: Language, name: string, paragraphs: readonly string[]): string =>
  [GREETING[language].replace('{name}', () => name), ...paragraphs, `--\n${FOOT[language]}`].join('\n\n');

export interface Reader {
  name: string;
  language: Language;
}

/** A notice as a mail, in its reader's language. */
export const composeNotice = (reader: Reader, notice: { subject: Text; body: Text }, link: string) => ({
  subject: notice.subject[reader.language],
  body: letter(reader.language, reader.name, [notice.body[reader.language], OPEN[reader.language] + link]),
});

export interface DigestTask {
  /** The case: whose plan, which cycle. */
  title: string;
  block: Text;
  dueAt: Date | null;
  link: string;
  /** Whose task it is, when the reader stands in. */
  forWhom?: string;
}

const SHOWN = 50;

/** Everything that was newly put on one person's desk, as one mail. */
export const composeDigest = (
  reader: Reader,
  tasks: readonly DigestTask[],
  inbox: string,
): { subject: string; body: string } => {
  const { language } = reader;
  const [first] = tasks;
  const n = tasks.length;
  const one = first ? `${first.block[language]} · ${first.title}` : '';
  const subject: Text =
    n === 1 ? { zh: `待办：${one}`, en: `To do: ${one}` } : { zh: `${n} 项新待办`, en: `${n} new tasks` };
  const lines = tasks.slice(0, SHOWN).map(({ title, block, dueAt, link, forWhom }) => {
    const due = dueAt ? { zh: `，${cityTime(dueAt)} 前办理`, en: `, due ${cityTime(dueAt)}` }[language] : '';
    const whose = forWhom ? { zh: `（代${forWhom}办理）`, en: ` (for ${forWhom})` }[language] : '';
    return `• ${block[language]} · ${title}${whose}${due}\n  ${link}`;
  });
  const more = n > SHOWN ? [{ zh: `……共 ${n} 项`, en: `… ${n} in all` }[language]] : [];
  const intro: Text = { zh: '有新的任务等待您办理：', en: 'These tasks are waiting for you:' };
  const body = letter(language, reader.name, [intro[language], ...lines, ...more, OPEN[language] + inbox]);
  return { subject: subject[language], body };
};
