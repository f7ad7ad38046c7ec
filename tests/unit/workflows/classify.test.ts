import { describe, expect, it } from 'vitest';
import { type ComplaintRule, classify, complaintRulesSchema } from '../../../workflows/findings/classify.ts';

const rules: ComplaintRule[] = [
  { key: 'lamps', keywords: ['路灯', 'street light'], without: ['红绿灯'], indicator: 'LIGHTS', unit: 'csgl' },
  { key: 'noise', categories: ['Noise'], channels: ['311'], indicator: 'NOISE' },
  { key: 'long', if: 'string length(text) > 20 and channel = "12345"', unit: 'xfj' },
];
const keyOf = (text: string, more = {}) => classify(rules, { channel: '12345', text, ...more })?.key ?? null;

describe('complaints are classified', () => {
  it.each([
    ['路灯坏了', {}, 'lamps'],
    ['STREET LIGHT out', {}, 'lamps'],
    ['路灯和红绿灯都坏了', {}, null],
    ['loud party', { channel: '311', category: 'Noise' }, 'noise'],
    ['loud party', { channel: '12345', category: 'Noise' }, null],
    ['loud party', { channel: '311' }, null],
    ['某小区物业长期不作为，多次反映仍没有解决问题', {}, 'long'],
    ['某小区物业长期不作为，多次反映仍没有解决问题', { channel: '311' }, null],
    ['短', {}, null],
  ])('%s %j → %s', (text, more, key) => {
    expect(keyOf(text, more)).toBe(key);
  });

  it('by the first rule that holds', () => {
    expect(
      classify([{ key: 'all', channels: ['12345'], unit: 'a' }, ...rules], { channel: '12345', text: '路灯' })?.key,
    ).toBe('all');
  });

  it.each([
    [[{ key: 'x', keywords: ['a'] }], 'names an indicator'],
    [[{ key: 'x', if: 'text = ((', unit: 'a' }], 'FEEL'],
    [
      [
        { key: 'x', unit: 'a' },
        { key: 'x', unit: 'b' },
      ],
      'twice',
    ],
    [[{ key: 'x', unit: 'a', keywords: [] }], 'Too small'],
    [[{ key: 'x', unit: '=cmd' }], 'code'],
  ])('rules that are wrong are refused: %j', (given, why) => {
    const result = complaintRulesSchema.safeParse({ rules: given });
    expect(result.error?.message).toContain(why);
  });
});
