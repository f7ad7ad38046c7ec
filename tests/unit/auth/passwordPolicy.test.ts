import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Weakness, weaknessesOf } from '../../../server/auth/passwordPolicy.ts';

const own = ['zhang.san', '张三', '市财政局', 'CZJ-01', 'Finance Bureau'];
const judge = (password: string): Weakness[] => weaknessesOf(password, own, 8);

describe('S05 a password is refused', () => {
  test.each<[string, Weakness]>([
    ['k7#pQ2x', 'short'],
    ['七个汉字不够用', 'short'],
    ['password', 'common'],
    ['PassW0rd', 'common'],
    ['ｐａｓｓｗｏｒｄ', 'common'],
    ['Password2026!', 'common'],
    ['woaini1314', 'common'],
    ['qwertyuiop', 'common'],
    ['aaaaaaaaaa', 'pattern'],
    ['abcabcabcabc', 'pattern'],
    ['23456789', 'pattern'],
    ['hgfedcba', 'pattern'],
    ['Zhang.San-8812', 'own'],
    ['我在市财政局上班真好', 'own'],
    ['czj-01 rules', 'own'],
    ['the finance bureau 9', 'own'],
  ])('%s: %s', (password, weakness) => {
    expect(judge(password)).toContain(weakness);
  });

  test('with every reason at once', () => {
    expect(judge('张三')).toEqual(['short', 'own']);
  });
});

describe('S06 a password is taken', () => {
  test.each(['整改要销号，一步不丢', 'correct horse battery staple', '🍵🌾🏮🐟🎋🧧🀄🚲', '新的口令😀 long enough'])(
    '%s',
    (password) => {
      expect(judge(password)).toEqual([]);
    },
  );

  test('whatever it is made of, when it is long and drawn by chance', () => {
    fc.assert(
      fc.property(fc.uuid(), (drawn) => {
        expect(weaknessesOf(`${drawn}口令`, ['不相干'], 8)).toEqual([]);
      }),
    );
  });
});

test('a short word of the person is looked for as a whole only', () => {
  expect(weaknessesOf('xyz-garden-gate', ['x', 'gar', '王'], 8)).toEqual([]);
});
