import type { Language, Text } from '../../workflows/text.ts';

/** How a command talks: one JSON object on stdout with --json, else lines for people; progress on stderr. */
export interface Output {
  json: boolean;
  language: Language;
  /** The result of the command: the object itself with --json, else the lines. Call it once. */
  result(value: object, lines?: string | string[]): void;
  /** A remark for people, on stderr. */
  note(text: string | Text): void;
  /** A bar on a terminal, a line every ten per cent elsewhere; on stderr. */
  progress(label: string | Text, total: number): Progress;
}

export interface Progress {
  /** Sets how much is done. */
  update(done: number, detail?: string): void;
  /** Ends the bar's line. */
  end(): void;
}

interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean | undefined; columns?: number | undefined };
}

export const makeOutput = ({
  json = false,
  language = languageOf(process.env),
  streams = process as Streams,
}: {
  json?: boolean | undefined;
  language?: Language;
  streams?: Streams;
} = {}): Output => {
  const say = (text: string | Text) => (typeof text === 'string' ? text : text[language]);
  return {
    json,
    language,
    result: (value, lines) => {
      if (json) streams.stdout.write(`${JSON.stringify(value)}\n`);
      else streams.stdout.write(`${[lines ?? JSON.stringify(value, null, 2)].flat().join('\n')}\n`);
    },
    note: (text) => {
      streams.stderr.write(`${say(text)}\n`);
    },
    progress: (label, total) => makeProgress(say(label), total, streams.stderr),
  };
};

/** English only if the terminal asks for it; the users' language is Chinese. */
export const languageOf = (env: Record<string, string | undefined>): Language => {
  if (env.BIHUAN_LANG === 'en' || env.BIHUAN_LANG === 'zh') return env.BIHUAN_LANG;
  return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('en') ? 'en' : 'zh';
};

const makeProgress = (label: string, total: number, stderr: Streams['stderr']): Progress => {
  let shown = '';
  const show = (done: number, detail = '') => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    const percent = Math.floor(share * 100);
    const line = stderr.isTTY
      ? `${label} ${bar(share)} ${percent}% ${done}/${total} ${detail}`.slice(0, (stderr.columns ?? 80) - 1)
      : `${label} ${Math.floor(percent / 10) * 10}%`;
    if (line === shown) return;
    shown = line;
    stderr.write(stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  return {
    update: show,
    end: () => {
      if (stderr.isTTY && shown) stderr.write('\n');
    },
  };
};

const bar = (share: number): string => '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
