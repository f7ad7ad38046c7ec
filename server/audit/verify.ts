import type { KeyObject } from 'node:crypto';
import { type AuditRow, GENESIS, type Head, hashOf, STRIPES } from './chain.ts';
import { type Checkpoint, checkpointHash, isSigned, keyName, readBody } from './checkpoint.ts';

/** Something that is not as it was written, by its place. */
export interface Broken {
  stripe: number | null;
  seq: number | null;
  /**
   * A row that was changed, removed, moved from elsewhere, put in, or cut off the end; a checkpoint that does not fit; an event of a
   * case that does not fit its row, or has none.
   */
  what: 'changed' | 'removed' | 'moved' | 'inserted' | 'cut' | 'checkpoint' | 'event';
  detail: string;
}

export interface AuditVerification {
  ok: boolean;
  rows: number;
  broken: Broken[];
  /** So many more than are listed. */
  more: number;
  checkpoints: number;
  /** The last checkpoint whose signature was checked. */
  anchor: { n: number; at: string } | null;
  /** Rows after it: a rewrite of these alone, hashes and all, could not be found. */
  unanchored: number;
}

export interface Chain {
  /** In the order of stripe and row. */
  rows: AsyncIterable<AuditRow>;
  /** Where each stripe ends, where that is known. */
  heads?: readonly Head[];
  /** Where each stripe begins, if not at its first row. */
  starts?: readonly Head[];
  checkpoints?: readonly Checkpoint[];
  /** What checkpoints may have been signed with. */
  keys?: readonly KeyObject[] | undefined;
  /** Told of each batch of rows that belong to events of cases. */
  onRow?(row: AuditRow): void | Promise<void>;
}

/** So many are listed. */
const LISTED = 1000;
/** Among so many changed rows it is looked which only changed places. */
const COMPARED = 200;

export const makeFindings = () => {
  const broken: Broken[] = [];
  let more = 0;
  return {
    broken,
    more: () => more,
    add: (one: Broken): void => {
      if (broken.length < LISTED) broken.push(one);
      else more += 1;
    },
  };
};
export type Findings = ReturnType<typeof makeFindings>;

/** Goes through the chains once, and names whatever is not as it was written. */
export const verifyChain = async (chain: Chain, findings = makeFindings()): Promise<AuditVerification> => {
  const { heads = [], starts = [], checkpoints = [], keys = [], onRow } = chain;
  const signed = checkCheckpoints(checkpoints, keys, findings);
  const expected = expectations(signed);
  const changed: AuditRow[] = [];
  const begins = new Map(starts.map((start) => [start.stripe, start]));
  let rows = 0;
  let last: Head | undefined;
  const lasts = new Map<number, Head>();

  for await (const row of chain.rows) {
    rows += 1;
    if (last?.stripe !== row.stripe) last = begins.get(row.stripe) ?? { stripe: row.stripe, seq: 0, hash: GENESIS };
    checkRow(row, last, changed, findings);
    const promised = expected.get(`${row.stripe} ${row.seq}`);
    if (promised && promised.hash !== row.hash)
      findings.add({ ...placeOf(row), what: 'changed', detail: `checkpoint ${promised.n} has another hash` });
    last = { stripe: row.stripe, seq: row.seq, hash: row.hash };
    lasts.set(row.stripe, last);
    await onRow?.(row);
  }
  nameMoved(changed, findings);
  for (const { stripe, seq } of lasts.values())
    if (stripe < 0 || stripe >= STRIPES)
      findings.add({ stripe, seq, what: 'inserted', detail: `there is no stripe ${stripe}` });
  for (let stripe = 0; stripe < STRIPES; stripe += 1) {
    const end = lasts.get(stripe) ?? begins.get(stripe) ?? { stripe, seq: 0, hash: GENESIS };
    checkEnd(
      end,
      heads.find((head) => head.stripe === stripe),
      signed,
      findings,
    );
  }
  const anchor = signed.at(-1);
  const anchored = new Map(anchor?.body.heads.map(([stripe, seq]) => [stripe, seq]));
  const after = [...lasts.values()].map(({ stripe, seq }) =>
    Math.max(0, seq - (anchored.get(stripe) ?? begins.get(stripe)?.seq ?? 0)),
  );
  return {
    ok: findings.broken.length === 0,
    rows,
    broken: findings.broken,
    more: findings.more(),
    checkpoints: checkpoints.length,
    anchor: anchor ? { n: anchor.body.n, at: anchor.body.at } : null,
    unanchored: after.reduce((sum, n) => sum + n, 0),
  };
};

const placeOf = ({ stripe, seq }: Pick<AuditRow, 'stripe' | 'seq'>) => ({ stripe, seq });

const checkRow = (row: AuditRow, before: Head, changed: AuditRow[], findings: Findings): void => {
  const place = placeOf(row);
  if (row.seq <= before.seq) {
    findings.add({ ...place, what: 'inserted', detail: `after row ${before.seq}` });
    return;
  }
  for (let seq = before.seq + 1; seq < row.seq; seq += 1) {
    findings.add({ stripe: row.stripe, seq, what: 'removed', detail: `row ${row.seq} follows row ${before.seq}` });
    // A whole stretch is told by its ends.
    if (seq === before.seq + 1 && row.seq - seq > 100) seq = row.seq - 2;
  }
  const own = row.alg === 'sha256' && hashOf(row) === row.hash;
  if (!own) changed.push(row);
  // It fits itself and not the row before: that one was written anew, with a hash of its own.
  else if (row.seq === before.seq + 1 && row.prev !== before.hash)
    findings.add({
      stripe: row.stripe,
      seq: before.seq,
      what: 'changed',
      detail: `row ${row.seq} was written after another one`,
    });
};

/** Rows that do not fit their hash: some fit it at the place of another one. */
const nameMoved = (changed: readonly AuditRow[], findings: Findings): void => {
  for (const row of changed) {
    const from =
      changed.length <= COMPARED
        ? changed.find(
            (other) => other !== row && hashOf({ ...row, stripe: other.stripe, seq: other.seq }) === row.hash,
          )
        : undefined;
    if (from) findings.add({ ...placeOf(row), what: 'moved', detail: `from row ${from.seq} of stripe ${from.stripe}` });
    else findings.add({ ...placeOf(row), what: 'changed', detail: 'its content does not fit its hash' });
  }
};

interface Signed {
  checkpoint: Checkpoint;
  body: NonNullable<ReturnType<typeof readBody>>;
}

/** The checkpoints that hold: signed by one of the keys, each following the one before. */
const checkCheckpoints = (
  checkpoints: readonly Checkpoint[],
  keys: readonly KeyObject[],
  findings: Findings,
): Signed[] => {
  if (keys.length === 0) return [];
  const good: Signed[] = [];
  const known = new Map(keys.map((key) => [keyName(key), key]));
  let before: Checkpoint | undefined;
  for (const checkpoint of [...checkpoints].sort((a, b) => a.n - b.n)) {
    const wrong = (detail: string) =>
      findings.add({
        stripe: null,
        seq: checkpoint.n,
        what: 'checkpoint',
        detail: `checkpoint ${checkpoint.n} ${detail}`,
      });
    const body = readBody(checkpoint.body);
    const key = known.get(body?.key ?? '');
    if (!body || body.n !== checkpoint.n) wrong('cannot be read');
    else if (!key) wrong('was signed by another key');
    else if (!isSigned(checkpoint, key)) wrong('is not signed by the key');
    else {
      if (before && before.n === checkpoint.n) wrong('is there twice');
      else if (before && before.n + 1 !== checkpoint.n) wrong(`follows checkpoint ${before.n}`);
      else if (before && body.previous !== checkpointHash(before)) wrong('was made after another one');
      good.push({ checkpoint, body });
    }
    before = checkpoint;
  }
  return good;
};

/** What signed checkpoints say of rows; a stripe that stands still is told once. */
const expectations = (signed: readonly Signed[]): Map<string, { n: number; hash: string }> => {
  const said = new Map<string, { n: number; hash: string }>();
  for (const { body } of signed)
    for (const [stripe, seq, hash] of body.heads)
      if (seq > 0 && !said.has(`${stripe} ${seq}`)) said.set(`${stripe} ${seq}`, { n: body.n, hash });
  return said;
};

const checkEnd = (end: Head, head: Head | undefined, signed: readonly Signed[], findings: Findings): void => {
  const { stripe, seq } = end;
  const promised = signed.flatMap(({ body }) =>
    body.heads.filter(([one]) => one === stripe).map(([, to]) => ({ to, by: `checkpoint ${body.n}` })),
  );
  if (head) promised.push({ to: head.seq, by: 'the head' });
  const furthest = promised.reduce((most, one) => (one.to > most.to ? one : most), { to: 0, by: '' });
  if (furthest.to > seq)
    findings.add({
      stripe,
      seq: seq + 1,
      what: 'cut',
      detail: `rows ${seq + 1} to ${furthest.to} are missing, which ${furthest.by} knows of`,
    });
  if (head && head.seq < seq)
    findings.add({ stripe, seq: head.seq + 1, what: 'inserted', detail: `the head ends at row ${head.seq}` });
  if (head && head.seq === seq && head.hash !== end.hash)
    findings.add({ stripe, seq, what: 'changed', detail: 'the head has another hash' });
};
