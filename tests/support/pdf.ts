import { inflateSync } from 'node:zlib';

/** The text of a PDF that pdfkit made: glyph ids of each font, told back by its ToUnicode map. */
export function pdfText(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const streams = [...raw.matchAll(/stream\n/g)].flatMap(({ index }) => {
    const end = raw.indexOf('endstream', index);
    try {
      return [inflateSync(pdf.subarray(index + 7, end)).toString('latin1')];
    } catch {
      return [];
    }
  });
  const glyphs = new Map<number, string>();
  for (const map of streams.filter((stream) => stream.includes('beginbfrange')))
    for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g))
      [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], i) => {
        const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
        glyphs.set(
          Number.parseInt(from, 16) + i,
          String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
        );
      });
  return streams
    .flatMap((stream) => [...stream.matchAll(/\[([^\]]*)\] TJ/g)])
    .map(([, shown = '']) =>
      [...shown.matchAll(/<([0-9a-f]+)>/g)]
        .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
        .map((glyph) => glyphs.get(Number.parseInt(glyph, 16)) ?? '')
        .join(''),
    )
    .join('\n');
}
