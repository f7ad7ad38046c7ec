/** What offices set themselves as goals. */
export const INDICATORS = [
  '行政许可事项按时办结率',
  '重点项目开工率',
  '年度预算执行进度',
  '群众诉求按期答复率',
  '双随机抽查事项覆盖率',
  '惠企政策兑现率',
  '安全隐患整改完成率',
  '政务信息公开及时率',
  '人大建议和政协提案办结率',
  '公共服务事项网上可办率',
  '营商环境评价得分',
  '民生实事项目完成率',
] as const;

/** What is written in a free field. */
export const REMARKS = [
  '按年度计划推进，阶段任务已完成。',
  '总体进展顺利，个别事项因外部条件变化略有滞后，已调整安排。',
  '已与相关单位会商并明确分工，按月跟踪。',
  '数据由业务系统导出，经科室负责人核对。',
  '对照目标逐项自查，存在的问题已列入清单。',
  '已组织专题调度，落实到具体科室和责任人。',
] as const;

export const APPROVALS = ['同意。', '材料齐全，同意。', '经审核，符合要求。'] as const;

export const RETURNS = [
  '指标口径与指标库不一致，请核对后重报。',
  '佐证材料不足，请补充。',
  '目标值偏低，请参照上年实绩重新测算。',
  '责任人和完成时限不明确，请补充。',
] as const;

export const REJECTIONS = ['不符合要求，不予通过。'] as const;

export const UNITS = ['%', '项', '件', '分'] as const;

const PROBLEMS = [
  '个别事项办理超出承诺时限。',
  '季度进度前松后紧。',
  '佐证材料归集不及时。',
  '部门协同机制不够顺畅。',
  '基层反映的问题回应不够及时。',
] as const;

const MEASURES = [
  '建立周调度、月通报机制，倒排时间节点。',
  '修订办事流程，压缩审批环节。',
  '明确牵头科室，逐项销号管理。',
  '加强业务培训，完善考核办法。',
  '与相关单位建立数据共享和会商制度。',
] as const;

/** Lines by what a field is called. */
export const LINES: readonly (readonly [name: RegExp, lines: readonly string[]])[] = [
  [/problem|cause/i, PROBLEMS],
  [/measure|advice|action/i, MEASURES],
  [/indicator|goal|title/i, INDICATORS],
];
