import { expect, test } from 'vitest';
import { describeFailure } from '../../server/cli/failure.ts';
import { languageOf, makeOutput } from '../../server/cli/output.ts';

const capture = ({ isTTY = false } = {}) => {
  const written = { out: '', err: '' };
  const streams = {
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text), isTTY, columns: 60 },
  };
  return { written, streams };
};

test('with --json stdout holds one object, whatever else is said', () => {
  const { written, streams } = capture();
  const output = makeOutput({ json: true, language: 'zh', streams });
  output.note({ zh: '注意', en: 'note' });
  const progress = output.progress('run', 10);
  progress.update(5);
  progress.end();
  output.result({ ok: true, name: '示例市' }, 'for people');
  expect(JSON.parse(written.out)).toEqual({ ok: true, name: '示例市' });
  expect(written.err).toBe('注意\nrun 50%\n');
});

test('without it people get lines', () => {
  const { written, streams } = capture();
  makeOutput({ language: 'en', streams }).result({ ok: true }, ['one', 'two']);
  expect(written.out).toBe('one\ntwo\n');
});

test('progress is a bar on a terminal and a line every ten per cent elsewhere', () => {
  const terminal = capture({ isTTY: true });
  const bar = makeOutput({ language: 'en', streams: terminal.streams }).progress('launch', 4);
  bar.update(2, 'a detail that is far too long for the width of this terminal');
  bar.end();
  expect(terminal.written.err).toMatch(/^\r.*launch █{12}░{12} 50% 2\/4/);
  expect(terminal.written.err.length).toBeLessThan(70);

  const plain = capture();
  const lines = makeOutput({ language: 'en', streams: plain.streams }).progress('launch', 1000);
  for (let done = 0; done <= 1000; done++) lines.update(done);
  expect(plain.written.err.trim().split('\n')).toHaveLength(11);
});

test('the language is Chinese unless the terminal is English', () => {
  expect(languageOf({})).toBe('zh');
  expect(languageOf({ LANG: 'en_US.UTF-8' })).toBe('en');
  expect(languageOf({ LANG: 'en_US.UTF-8', BIHUAN_LANG: 'zh' })).toBe('zh');
});

test('any thrown value becomes a failure with an id', () => {
  expect(describeFailure('x')).toEqual({ error: { id: 'internal', message: 'x' } });
  const known = Object.assign(new Error('m'), { id: 'task.closed', hint: { zh: '一', en: 'b' } });
  expect(describeFailure(known)).toEqual({ error: { id: 'task.closed', message: 'm', hint: { zh: '一', en: 'b' } } });
});
