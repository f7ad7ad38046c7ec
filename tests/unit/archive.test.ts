import { expect, test } from 'vitest';
import { ArchiveError, ArchiveTooLarge, checkArchive } from '../../server/http/archive.ts';
import { zip } from '../support/xlsx.ts';

const limits = { files: 10, most: 1000 };
const part = (name: string, more: object = {}) => ({ name, content: Buffer.from(`<${name}/>`.repeat(20)), ...more });
const check = (bytes: Buffer) => () => checkArchive(bytes, limits);

test('an archive whose files and directory agree is taken, with sizes before or behind the data', () => {
  expect(check(zip([]))).not.toThrow();
  expect(check(zip([part('a'), part('b', { described: true }), part('c')]))).not.toThrow();
});

test.each([
  ['a file that the directory does not name, first', [part('a', { hidden: true }), part('b')]],
  ['in the middle', [part('a'), part('b', { hidden: true }), part('c')]],
  ['last', [part('a'), part('b', { hidden: true })]],
  ['alone', [part('a', { hidden: true })]],
  ['bytes behind the packed ones', [part('a', { more: zip([part('b')]) })]],
  ['bytes behind the packed ones, sizes behind', [part('a', { more: Buffer.from('PK'), described: true })]],
])('refused: %s', (_what, parts) => {
  expect(check(zip(parts))).toThrow(ArchiveError);
});

test('refused: a header that says another name or size than the directory, bytes around it, a wrong count', () => {
  const whole = zip([part('a'), part('b')]);
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(whole);
    copy[at] = value;
    return copy;
  };
  expect(check(changed(30, 0x7a))).toThrow(ArchiveError);
  expect(check(changed(18, 1))).toThrow(ArchiveError);
  expect(check(changed(whole.length - 12, 1))).toThrow(ArchiveError);
  expect(check(Buffer.concat([Buffer.from('x'), whole]))).toThrow(ArchiveError);
  expect(check(Buffer.concat([whole, Buffer.from('x')]))).toThrow(ArchiveError);
  for (let n = 0; n < whole.length; n += 1) expect(check(whole.subarray(0, n))).toThrow(ArchiveError);
});

test('refused: more than the limit once unpacked, whatever it says of its size', () => {
  expect(check(zip([{ name: 'a', content: Buffer.alloc(1001), claims: 1 }]))).toThrow(ArchiveTooLarge);
  expect(
    check(
      zip([
        { name: 'a', content: Buffer.alloc(600) },
        { name: 'b', content: Buffer.alloc(600) },
      ]),
    ),
  ).toThrow(ArchiveTooLarge);
  expect(check(zip(Array.from({ length: 11 }, (_, n) => part(`f${n}`))))).toThrow(ArchiveTooLarge);
});
