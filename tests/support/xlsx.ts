import { crc32, deflateRawSync } from 'node:zlib';

interface Part {
  name: string;
  content: Buffer;
  /** What the archive says of its size, if not the truth. */
  claims?: number;
  /** It stands in the archive, and the directory does not say so. */
  hidden?: boolean;
  /** Its sizes stand behind it, as programs write that do not know them before. */
  described?: boolean;
  /** Bytes after the packed ones that count as packed. */
  more?: Buffer;
}

/** A ZIP archive. */
export const zip = (parts: readonly Part[]): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims, hidden, described, more } of parts) {
    const packed = Buffer.concat([deflateRawSync(content), more ?? Buffer.alloc(0)]);
    const title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    if (described) head.writeUInt16LE(8, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(checksum(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? content.length, 18);
    head.writeUInt16LE(title.length, 22);
    const first = Buffer.from(head);
    if (described) first.fill(0, 10, 22);
    const behind = described ? [Buffer.from('PK\x07\x08', 'latin1'), head.subarray(10, 22)] : [];
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), first, title, packed, ...behind]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    if (!hidden) directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, title]));
    files.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, list, end]);
};

const checksum = (content: Buffer): number => crc32(content);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A workbook of one sheet. Numbers are numbers, everything else is text. */
export const workbook = (rows: readonly (string | number)[][], more: readonly Part[] = []): Buffer => {
  const cell = (value: string | number, r: number, c: number) => {
    const ref = `${String.fromCharCode(65 + c)}${r + 1}`;
    return typeof value === 'number'
      ? `<c r="${ref}"><v>${value}</v></c>`
      : `<c r="${ref}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  };
  const data = rows
    .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`)
    .join('');
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const texts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
  };
  const parts = Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(head + text) }));
  return zip([...parts, ...more]);
};
