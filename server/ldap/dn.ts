/**
 * A DN as its parts, from the entry up to the root, escapes resolved and in lower case: two spellings of one place are equal.
 *
 * @example partsOf('CN=Lin\\, Wei, OU=gaj') // ['cn=lin, wei', 'ou=gaj']
 */
export const partsOf = (dn: string): string[] => {
  const parts: string[] = [];
  let bytes: number[] = [];
  let escaped = 0; // how many bytes of the part must not be trimmed
  const push = () => {
    const text = Buffer.from(bytes).toString('utf8');
    const kept = Buffer.from(bytes.slice(0, escaped)).toString('utf8');
    const tail = text.slice(kept.length).trimEnd();
    parts.push(
      (kept + tail)
        .trimStart()
        .split('=')
        .map((part, n) => (n === 0 ? part.trimEnd() : n === 1 ? part.trimStart() : part))
        .join('=')
        .toLowerCase(),
    );
    bytes = [];
    escaped = 0;
  };
  for (let at = 0; at < dn.length; ) {
    const char = dn[at] ?? '';
    if (char === '\\') {
      const hex = /^[0-9a-f]{2}/i.exec(dn.slice(at + 1, at + 3))?.[0];
      const next = String.fromCodePoint(dn.codePointAt(at + 1) ?? 0x5c);
      bytes.push(...(hex ? [Number.parseInt(hex, 16)] : Buffer.from(next)));
      escaped = bytes.length;
      at += 1 + (hex ? 2 : next.length);
    } else if (char === ',' || char === ';') {
      push();
      at += 1;
    } else {
      const whole = String.fromCodePoint(dn.codePointAt(at) ?? 0);
      bytes.push(...Buffer.from(whole));
      at += whole.length;
    }
  }
  if (dn.trim() !== '') push();
  return parts;
};

/** What two spellings of one DN have in common. */
export const dnKey = (dn: string): string => JSON.stringify(partsOf(dn));

/** The places above an entry, the nearest first. */
export const above = (dn: string): string[] => {
  const parts = partsOf(dn);
  return parts.slice(1).map((_, at) => JSON.stringify(parts.slice(at + 1)));
};
