/** The sections of a department by its category, with the title of who leads each. */
export const SECTIONS = {
  economy: [
    { zh: '办公室', en: 'General Office', head: '主任' },
    { zh: '规划财务科', en: 'Planning and Finance Section', head: '科长' },
    { zh: '业务指导科', en: 'Guidance Section', head: '科长' },
  ],
  enforcement: [
    { zh: '办公室', en: 'General Office', head: '主任' },
    { zh: '法规科', en: 'Legal Section', head: '科长' },
    { zh: '执法监督科', en: 'Enforcement Supervision Section', head: '科长' },
  ],
  society: [
    { zh: '办公室', en: 'General Office', head: '主任' },
    { zh: '事业发展科', en: 'Development Section', head: '科长' },
    { zh: '公共服务科', en: 'Public Service Section', head: '科长' },
  ],
  general: [
    { zh: '秘书科', en: 'Secretariat', head: '科长' },
    { zh: '综合科', en: 'Coordination Section', head: '科长' },
    { zh: '督查科', en: 'Inspection Section', head: '科长' },
  ],
} as const;

const HEADS: readonly [ending: RegExp, title: string][] = [
  [/检察院$/, '检察长'],
  [/(法院|院)$/, '院长'],
  [/支队$/, '支队长'],
  [/(联合会|总工会|红十字会|仲裁委员会)$/, '主席'],
  [/^共青团/, '书记'],
  [/(政法|纪律检查监察|工作)委员会$/, '书记'],
  [/贸易促进委员会$/, '会长'],
  [/科学技术协会$/, '主席'],
  [/党校$/, '校长'],
  [/馆$/, '馆长'],
  [/站$/, '站长'],
  [/所$/, '所长'],
  [/部$/, '部长'],
  [/海关$/, '关长'],
  [/局$/, '局长'],
];

/** The title of who leads an office, after what its name ends with. */
export const headTitle = (name: string): string => HEADS.find(([ending]) => ending.test(name))?.[1] ?? '主任';
