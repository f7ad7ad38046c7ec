import type { Phase } from '../../template/schema.ts';
import { monitorLadder, officeLadder, REMIND, REMIND_SHORT, unitLadder } from '../parts/ladders.ts';
import { monitor, office, staff } from '../parts/who.ts';

/** 整改提升：方案、审核、落实、核验、销号。 */
export const rectify: Phase = {
  name: { zh: '整改提升', en: 'Rectification' },
  window: { start: { date: '02-15', year: 'next' }, end: { date: '06-30', year: 'next' } },
  blocks: [
    {
      key: 'rectification',
      type: 'branch',
      name: { zh: '问题整改', en: 'Rectification of problems' },
      paths: [
        {
          key: 'needed',
          name: { zh: '有问题或列末两位', en: 'Problems found, or bottom two' },
          if: 'problems != null or standing.rank > standing.rankOf - 2',
          blocks: [
            {
              key: 'rectificationPlan',
              type: 'task',
              name: { zh: '制定整改方案', en: 'Plan the rectification' },
              who: [staff],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND,
              escalate: unitLadder,
              shows: ['problems', 'totalScore'],
              fields: [
                {
                  key: 'rectificationItems',
                  type: 'table',
                  name: { zh: '整改事项', en: 'Items' },
                  required: true,
                  minRows: 1,
                  maxRows: 50,
                  columns: [
                    {
                      key: 'problem',
                      type: 'text',
                      name: { zh: '问题', en: 'Problem' },
                      required: true,
                      maxLength: 500,
                    },
                    {
                      key: 'measure',
                      type: 'text',
                      name: { zh: '整改措施', en: 'Measure' },
                      required: true,
                      maxLength: 500,
                    },
                    { key: 'owner', type: 'text', name: { zh: '责任人', en: 'Owner' }, required: true, maxLength: 50 },
                    { key: 'dueDate', type: 'date', name: { zh: '完成时限', en: 'Due date' }, required: true },
                  ],
                },
              ],
            },
            {
              key: 'reviewRectification',
              type: 'approval',
              name: { zh: '市绩效办审核方案', en: 'The office reviews the plan' },
              who: [office],
              deadline: { from: 'opened', workingDays: 3 },
              remind: REMIND_SHORT,
              escalate: officeLadder,
              shows: ['problems', 'rectificationItems'],
              returnTo: 'rectificationPlan',
            },
            {
              key: 'rectificationWork',
              type: 'task',
              name: { zh: '落实整改', en: 'Do what was planned' },
              who: [staff],
              deadline: { from: 'opened', workingDays: 10 },
              remind: [-5, -1, 0],
              escalate: unitLadder,
              shows: ['rectificationItems'],
              fields: [
                {
                  key: 'rectificationReport',
                  type: 'longText',
                  name: { zh: '整改情况', en: 'Report' },
                  required: true,
                },
                { key: 'rectificationEvidence', type: 'files', name: { zh: '佐证材料', en: 'Evidence' }, maxFiles: 20 },
              ],
            },
            {
              key: 'verifyRectification',
              type: 'approval',
              name: { zh: '监测单位核验', en: 'The monitoring unit verifies' },
              who: [monitor],
              deadline: { from: 'opened', workingDays: 3 },
              remind: REMIND_SHORT,
              escalate: monitorLadder,
              shows: ['rectificationItems', 'rectificationReport', 'rectificationEvidence'],
              returnTo: 'rectificationWork',
            },
            {
              key: 'closeOut',
              type: 'approval',
              name: { zh: '市绩效办销号', en: 'The office closes the items' },
              help: {
                zh: '整改到位的予以销号，列为下一年度必查事项；不到位的退回继续整改。',
                en: 'What is done is closed and becomes a must-check item of the next year; what is not goes back.',
              },
              who: [office],
              deadline: { from: 'opened', workingDays: 3 },
              remind: REMIND_SHORT,
              escalate: officeLadder,
              shows: ['rectificationItems', 'rectificationReport', 'rectificationEvidence'],
              returnTo: 'rectificationWork',
            },
          ],
        },
      ],
      otherwise: { key: 'nothingOpen', name: { zh: '无需整改', en: 'Nothing to rectify' }, blocks: [] },
    },
  ],
};
