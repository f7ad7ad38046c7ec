/** A line of an explanation with the lines that it came from. */
export interface Line {
  text: string;
  from: Line[];
}

/** Lines that are indented by two spaces a level, as a tree. */
export function treeOf(words: readonly string[]): Line[] {
  const roots: Line[] = [];
  const path: Line[] = [];
  for (const word of words) {
    const text = word.trimStart();
    const depth = Math.floor((word.length - text.length) / 2);
    const line: Line = { text, from: [] };
    path.length = depth;
    (path.at(-1)?.from ?? roots).push(line);
    path.push(line);
  }
  return roots;
}
