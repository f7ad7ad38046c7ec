import { deflateRawSync } from 'node:zlib';

/** A file to upload, with a word for what it is. */
export interface FileKind {
  what: string;
  bytes: Buffer;
}

const zipHeader = Buffer.from('504b0304140000000800', 'hex');

/** Files that are what their names say. */
export const HONEST: readonly { name: string; file: FileKind }[] = [
  {
    name: '说明.pdf',
    file: {
      what: 'pdf',
      bytes: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
    },
  },
  {
    name: 'a.png',
    file: {
      what: 'png',
      bytes: Buffer.from(
        '89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082',
        'hex',
      ),
    },
  },
  { name: 'b.txt', file: { what: 'text', bytes: Buffer.from('按期完成\n第二行\n') } },
];

/** What is uploaded: some that are what they say, and many that are not. */
export const FILES: readonly FileKind[] = [
  ...HONEST.map(({ file }) => file),
  { what: 'empty', bytes: Buffer.alloc(0) },
  { what: 'page', bytes: Buffer.from('<!doctype html><script>alert(1)</script>') },
  { what: 'picture with a script', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
  { what: 'program', bytes: Buffer.from('4d5a90000300000004000000ffff0000', 'hex') },
  { what: 'NUL bytes', bytes: Buffer.alloc(64) },
  { what: 'cut archive', bytes: zipHeader },
  { what: 'archive of zeros', bytes: Buffer.concat([zipHeader, deflateRawSync(Buffer.alloc(1024 * 1024))]) },
  { what: 'half a character', bytes: Buffer.from([0xe4, 0xb8]) },
];
