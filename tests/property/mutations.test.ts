import fc from 'fast-check';
import { expect, test } from 'vitest';
import { library } from '../../workflows/library/index.ts';
import { lintTemplate } from '../../workflows/template/lint/index.ts';
import { MUTATIONS, mutate } from '../support/mutations.ts';
import { anyTemplate } from '../support/templates.ts';

const said = (content: unknown) => lintTemplate(content).map((finding) => `${finding.id} ${finding.path}`);

test.each(Object.keys(MUTATIONS))(
  '%s is found in a random template, at its place',
  (name) => {
    let tried = 0;
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), (template, n) => {
        const broken = mutate(template, name, n);
        if (!broken) return;
        tried += 1;
        expect(said(broken.content)).toContain(`${broken.id} ${broken.path}`);
      }),
      { numRuns: 40 },
    );
    expect(tried).toBeGreaterThan(3);
  },
  60_000,
);

test.each(Object.keys(library))(
  'every mutation is found in the shipped %s',
  (key) => {
    const template = library[key];
    if (!template) throw new Error(key);
    let tried = 0;
    for (const name of Object.keys(MUTATIONS))
      for (const n of [0, 23]) {
        const broken = mutate(template, name, n);
        if (!broken) continue;
        tried += 1;
        expect(said(broken.content), name).toContain(`${broken.id} ${broken.path}`);
      }
    expect(tried).toBeGreaterThan(40);
  },
  60_000,
);

test('anything at all is judged, never thrown at', () => {
  fc.assert(
    fc.property(fc.anything(), (content) => {
      expect(lintTemplate(content).some((finding) => finding.severity === 'error')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a template with one value replaced by anything is judged, never thrown at', () => {
  fc.assert(
    fc.property(anyTemplate(), fc.nat(), fc.anything(), (template, n, value) => {
      const copy = JSON.parse(JSON.stringify(template)) as Record<string, unknown>;
      const places: [Record<string, unknown>, string][] = [];
      const walk = (node: unknown) => {
        if (typeof node !== 'object' || node === null) return;
        for (const key of Object.keys(node)) {
          places.push([node as Record<string, unknown>, key]);
          walk((node as Record<string, unknown>)[key]);
        }
      };
      walk(copy);
      const place = places[n % places.length];
      if (place) place[0][place[1]] = value;
      expect(Array.isArray(lintTemplate(copy))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
