import type { Text } from '../../text.ts';

/** A part of a block's settings that one looks at together. */
export interface Concern {
  key: string;
  name: Text;
  entries: readonly string[];
}

const concern = (key: string, zh: string, en: string, ...entries: string[]): Concern => ({
  key,
  name: { zh, en },
  entries,
});

/** The settings of blocks by what they are about; a concern without any entry of a block is not shown. */
export const CONCERNS: readonly Concern[] = [
  concern('basics', '基本', 'Basics', 'name', 'key', 'help', 'per', 'opens'),
  concern(
    'what',
    '内容',
    'What it does',
    'over',
    'until',
    'message',
    'notice',
    'groups',
    'requires',
    'onFail',
    'subject',
    'body',
    'into',
    'rule',
    'collect',
  ),
  concern('paths', '路径', 'Paths', 'paths', 'otherwise', 'branches'),
  concern('who', '办理人', 'Who acts', 'who', 'recuse', 'auto', 'cc'),
  concern(
    'decision',
    '审批方式',
    'Decision',
    'mode',
    'vote',
    'returnTo',
    'returnChoice',
    'afterReturn',
    'onReject',
    'batch',
  ),
  concern('time', '期限与督办', 'Deadline and ladder', 'deadline', 'remind', 'escalate'),
  concern('form', '表单', 'Form', 'fields'),
  concern('access', '前面的内容', 'Earlier fields', 'shows', 'access'),
  concern('actions', '其他操作', 'More actions', 'allow'),
];

/** What stands in the tree itself, not in a panel. */
export const IN_TREE: ReadonlySet<string> = new Set(['blocks']);

/** Parts of the template beside its phases, in the order of the designer. */
export const SECTIONS = [
  'about',
  'roles',
  'categories',
  'indicators',
  'assessors',
  'adjustments',
  'grades',
  'uses',
  'lights',
  'warnings',
  'publish',
  'documents',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What the section `about` holds. */
export const ABOUT = ['name', 'description', 'sample'] as const;
