import type { Block, ParallelBlock } from '../../template/block.ts';
import { files } from './fields.ts';
import { ownerLadder } from './ladders.ts';
import { approval, type By, task } from './steps.ts';
import { ownedTable, recordOwned } from './values.ts';
import { itemHead, itemStaff } from './who.ts';

/** Blocks that report and verify a unit's values, and beside them those of every other unit that owns some of its indicators. */
export const besideOwners = (blocks: Block[], verifies: By): [ParallelBlock, Block] => [
  {
    key: 'reports',
    type: 'parallel',
    name: { zh: '报送本期数据', en: 'The values of the period are reported' },
    branches: [
      { key: 'byUnit', name: { zh: '参评单位报送', en: 'By the unit' }, blocks },
      { key: 'byOwners', name: { zh: '责任单位报送', en: 'By those who own indicators' }, blocks: ofOwners(verifies) },
    ],
  },
  {
    key: 'recordPeriod',
    type: 'compute',
    name: { zh: '汇总本期亮灯', en: 'The lights of the period come together' },
    into: 'recorded',
    rule: { kind: 'record' },
  },
];

const ofOwners = (verifies: By): Block[] => [
  {
    key: 'findOwners',
    type: 'compute',
    name: { zh: '找出另有责任单位的指标', en: 'Which other units own indicators that are due' },
    into: 'owners',
    rule: { kind: 'owners' },
  },
  {
    key: 'ownerReports',
    type: 'repeat',
    over: { rows: 'owners' },
    mode: 'together',
    name: { zh: '逐个责任单位报送', en: 'Each owner reports' },
    blocks: [
      task(
        'ownerReport',
        '责任单位报送指标数据',
        'Report the indicators that you own',
        itemStaff,
        5,
        [ownedTable(), files('ownerEvidence', '佐证材料', 'Evidence')],
        {
          deadline: { from: 'itemEnd', workingDays: 5 },
          remind: [-2, 0],
          escalate: ownerLadder,
          auto: { empty: { who: itemHead } },
        },
      ),
      approval('ownerVerify', '核验责任单位数据', "Verify the owner's values", verifies, 5, {
        shows: ['ownerEvidence'],
        // Whoever verifies may correct; both values stay on record.
        access: { ownedValues: 'write' },
        returnTo: 'ownerReport',
      }),
      recordOwned(),
    ],
  },
];
