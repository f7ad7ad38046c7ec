/** Line ends and other controls, Unicode's own line separators, and what turns the direction of a line. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

/** A text as one line of a header: nothing in it can begin another header, whoever wrote it. */
export const oneLine = (text: string, longest = 200): string => {
  const line = [...text.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim()];
  return line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('');
};

/** A text of several lines without other controls. */
export const plainText = (text: string): string =>
  text
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map((line) => line.replace(CONTROLS, ' ').trimEnd())
    .join('\n');

/** One plain address and nothing else: no list, no name, no line end. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);
