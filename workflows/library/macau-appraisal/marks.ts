import type { Field } from '../../template/field.ts';
import { boolean, decimal, must, says } from '../parts/fields.ts';

type Mark = Extract<Field, { type: 'decimal' }>;

/** What a mark of 5, 3 and 1 stands for; 4 and 2 lie between. Their words are examples, the first case by time is the source's kind. */
type Behaviour = readonly [
  five: readonly [string, string],
  three: readonly [string, string],
  one: readonly [string, string],
];

/** A mark from 1 (不满意) to 5 (优异), anchored in behaviour. */
const mark = (key: string, zh: string, en: string, behaviour: Behaviour, required = false): Mark =>
  decimal(key, zh, en, {
    ...{ min: '1', max: '5', places: 1, required },
    anchors: behaviour
      .map(([nameZh, nameEn], i) => ({ at: String(5 - 2 * i), name: says(nameZh, nameEn) }))
      .toReversed(),
  });

/** Core: every post is appraised by these. That there are eleven in three kinds is the source's; their names are examples. */
export const CORE: Mark[] = [
  mark(
    'effectiveness',
    '工作成效',
    'Effectiveness',
    [
      ['目标全部提前或按时完成，质量超出要求', 'All goals reached in time or before, better than asked'],
      ['主要目标按时完成，质量符合要求', 'The main goals reached in time, as asked'],
      ['多数目标没有完成，或须他人返工', 'Most goals missed, or others had to redo the work'],
    ],
    true,
  ),
  mark(
    'responsibility',
    '责任感',
    'Sense of responsibility',
    [
      ['主动承担难事，出错时先说明并补救', 'Takes on what is hard; is the first to name and mend own mistakes'],
      ['分内工作不用催促', 'Does the own work without being chased'],
      ['经常须催促，出错时推给别人', 'Must often be chased; blames others'],
    ],
    true,
  ),
  mark(
    'improvement',
    '不断改善工作',
    'Continuous improvement',
    [
      ['提出并做成的改善已被其他组采用', 'Own improvements are in use in other teams, too'],
      ['按意见改善自己的工作', 'Improves the own work when told how'],
      ['同样的问题一再出现', 'The same problem comes again and again'],
    ],
    true,
  ),
  mark(
    'adaptability',
    '适应性与灵活性',
    'Adaptability',
    [
      ['新任务当日接手，变化中仍按时交付', 'Takes over new work the same day, and still delivers in time'],
      ['经说明后能适应新安排', 'Adapts once it is explained'],
      ['拒绝或拖延新安排', 'Refuses or delays new arrangements'],
    ],
    true,
  ),
  mark(
    'relations',
    '工作上的人际关系',
    'Relations at work',
    [
      ['化解他人之间的分歧', 'Settles differences among others'],
      ['与同事合作正常，有分歧当面讲清', 'Works well with others and speaks openly'],
      ['有多次查实的冲突', 'Several conflicts on record'],
    ],
    true,
  ),
];

/** Situational: for posts that meet the situation. */
export const SITUATIONAL: Mark[] = [
  mark('publicContact', '与公众的关系', 'Relations with the public', [
    ['市民求助一小时内到场或回复', 'Is there, or answers, within an hour of a request'],
    ['两小时内到场或回复', 'Within two hours'],
    ['更迟，或没有回复', 'Later, or not at all'],
  ]),
  mark('resources', '资源管理', 'Management of resources', [
    ['账物全部相符，并有节约', 'All accounts agree, with savings'],
    ['账物相符，按计划使用', 'Accounts agree, used as planned'],
    ['有短缺或闲置', 'Something is missing, or lies idle'],
  ]),
  mark('teamwork', '团队工作', 'Teamwork', [
    ['主动补位，共享资料使全组受益', 'Steps in unasked, and shares what helps the team'],
    ['完成分工，按时交接', 'Does the own share and hands it over in time'],
    ['分工不完成，影响他人进度', 'Leaves the own share undone and holds others up'],
  ]),
];

/** Functional: chosen by the post. */
export const FUNCTIONAL: Mark[] = [
  mark('initiative', '工作主动性', 'Initiative', [
    ['发现问题并在指示前解决', 'Finds and solves problems before being told'],
    ['发现问题并报告', 'Finds problems and reports them'],
    ['只做指定的事', 'Does only what is told'],
  ]),
  mark('innovation', '创新及创造力', 'Innovation and creativity', [
    ['有新办法落地并见效', 'A new way of working is in use, with effect'],
    ['提出过可行的新办法', 'Has proposed a workable new way'],
    ['没有提出新办法', 'Has proposed none'],
  ]),
  mark('coordination', '协调及领导能力', 'Coordination and leadership', [
    ['跨部门事项按时办成，各方认可', 'Matters of several departments done in time, to the content of all'],
    ['本组工作有分工、有跟进', 'The team has its tasks, and they are followed up'],
    ['分工不清，事项无人跟进', 'Unclear tasks that nobody follows up'],
  ]),
];

export const MARKS: Mark[] = [...CORE, ...SITUATIONAL, ...FUNCTIONAL];

/** Those that are agreed on, post by post. */
export const CHOSEN: Mark[] = [...SITUATIONAL, ...FUNCTIONAL];

/** The field in which it is agreed whether an indicator applies to the post. */
export const appliesKey = ({ key }: Mark): string => `${key}Applies`;
export const applies = (one: Mark): Field =>
  boolean(appliesKey(one), `适用“${one.name.zh}”`, `"${one.name.en}" applies`, must);

/** Under this name stands the mark that counts: nothing (N/A) where the indicator does not apply to the post. */
export const countedKey = ({ key }: Mark): string => `${key}Mark`;
