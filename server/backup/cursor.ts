import { backupError } from './error.ts';

/** Takes bytes from a stream in pieces of a wanted size, holding one piece of the stream at a time. */
export class Cursor {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** So many bytes, as they come. @throws `backup.damaged` when there are fewer */
  async *next(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#fill())) throw backupError('backup.damaged', 'it ends early');
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** So many bytes in one buffer. @throws `backup.damaged` when there are fewer */
  async exactly(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.next(size)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** At most so many bytes: fewer only at the end. */
  async upTo(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let left = size;
    while (left > 0 && (this.#held.length > 0 || (await this.#fill()))) {
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async ended(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#fill());
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const { value, done } = await this.#source.next();
      if (done) return false;
      if (value.length > 0) {
        this.#held = value;
        return true;
      }
    }
  }
}
