import type { LightScheme } from '../lights/schema.ts';
import type { WarningScheme } from '../lights/warnings.ts';
import { suspicious } from './flags.ts';

/** 银川 2025: on schedule green; 10 to 30 points behind yellow, more red; not started in its month yellow, for 3 months red. */
export const yinchuan: LightScheme = {
  schedule: 'linear',
  rules: [
    { key: 'farBehind', colour: 'red', when: [{ of: 'behind', above: '30' }] },
    { key: 'longUnstarted', colour: 'red', when: [{ of: 'unstarted', atLeast: '3' }] },
    { key: 'behind', colour: 'yellow', when: [{ of: 'behind', atLeast: '10', atMost: '30' }] },
    { key: 'unstarted', colour: 'yellow', when: [{ of: 'unstarted', atLeast: '1' }] },
  ],
};

/** 银川's lights, where what is far behind is noted in the register of supervision. */
export const yinchuanNoted: LightScheme = {
  ...yinchuan,
  rules: yinchuan.rules.map((rule) =>
    rule.key === 'farBehind' ? { ...rule, consequences: [{ kind: 'supervise' }] } : rule,
  ),
};

/** Suspicious values are flagged; the template issues no supervision orders. */
export const watched: WarningScheme = { sheets: [], flags: suspicious };

/** 杭州, 济南: an answer within 10 working days. The template's own blocks carry it through. */
export const hangzhouNotice: WarningScheme = {
  sheets: [{ colour: 'yellow', name: { zh: '督促通知单', en: 'Supervision notice' }, reply: 10 }],
  by: 'case',
  flags: suspicious,
};

/** 宿迁: blue = due soon, yellow = behind or poor, red = overdue. How soon, and what is poor, are examples. */
export const suqian: LightScheme = {
  schedule: 'linear',
  rules: [
    { key: 'overdue', colour: 'red', when: [{ of: 'daysLate', above: '0' }] },
    { key: 'behind', colour: 'yellow', when: [{ of: 'behind', above: '0' }] },
    { key: 'poor', colour: 'yellow', when: [{ of: 'worsening', atLeast: '2' }] },
    { key: 'dueSoon', colour: 'blue', when: [{ of: 'daysLeft', atLeast: '0', atMost: '15' }] },
  ],
};

/** 三明: sheets blue, orange, red, each after the former lapsed; urgent matters may start at any. The working days are examples. */
export const sanmingSheets: WarningScheme = {
  sheets: [
    { colour: 'blue', reply: 10 },
    { colour: 'orange', reply: 5 },
    { colour: 'red', reply: 3 },
  ],
  urgent: true,
};

/**
 * 广元, monthly: the second yellow of an item: a special letter and −1 point; red: −2 points and a talk with the head. From how far
 * behind a light is yellow or red is an example.
 */
export const guangyuan: LightScheme = {
  schedule: 'linear',
  rules: [
    {
      key: 'farBehind',
      colour: 'red',
      when: [{ of: 'behind', above: '30' }],
      consequences: [
        { kind: 'points', points: '-2' },
        { kind: 'talk', with: 'head' },
      ],
    },
    { key: 'behind', colour: 'yellow', when: [{ of: 'behind', atLeast: '10' }] },
  ],
  repeated: [
    {
      key: 'yellowAgain',
      colour: 'yellow',
      counted: 'total',
      times: 2,
      consequences: [{ kind: 'letter' }, { kind: 'points', points: '-1' }],
    },
  ],
};

/** 隆昌: three reds in a row: a talk and a written report. From how far behind a light is red, and the days for the report, are examples. */
export const longchang: LightScheme = {
  schedule: 'linear',
  rules: [{ key: 'behind', colour: 'red', when: [{ of: 'behind', above: '30' }] }],
  repeated: [
    {
      key: 'thirdRed',
      colour: 'red',
      counted: 'inARow',
      times: 3,
      consequences: [
        { kind: 'talk', with: 'head' },
        { kind: 'report', reply: 10 },
      ],
    },
  ],
};

/** 新晃: a month below 80 % is tracked, below 60 % a yellow card without the bonus of the stage. */
export const xinhuang: LightScheme = {
  rules: [
    {
      key: 'yellowCard',
      colour: 'yellow',
      when: [{ of: 'achieved', below: '60' }],
      consequences: [{ kind: 'noBonus', of: 'stage' }],
    },
    { key: 'tracked', colour: 'blue', when: [{ of: 'achieved', below: '80' }], consequences: [{ kind: 'track' }] },
  ],
};

/** Projects: less than 7 days late yellow, less than 15 orange, else red. */
export const projects: LightScheme = {
  rules: [
    { key: 'veryLate', colour: 'red', when: [{ of: 'daysLate', atLeast: '15' }] },
    { key: 'late', colour: 'orange', when: [{ of: 'daysLate', atLeast: '7' }] },
    { key: 'justLate', colour: 'yellow', when: [{ of: 'daysLate', above: '0' }] },
  ],
};

/**
 * 辽宁: 20 % or more behind schedule is warned of automatically, by a notice that is answered and reviewed; the colour is an example.
 * The notice is a sheet of the template, so that a second one about the same indicator waits until the first is dealt with.
 */
export const liaoning: LightScheme = {
  schedule: 'linear',
  rules: [
    {
      key: 'behind',
      colour: 'yellow',
      when: [{ of: 'behindShare', atLeast: '20' }],
      consequences: [{ kind: 'supervise' }],
    },
  ],
};
