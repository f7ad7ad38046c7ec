// Ballots that are open, and a step that nobody is found for: the demo city has neither at the moment.
const says = (zh, en) => ({ zh, en });
const STANDARD = [
  { key: 'good', name: says('满意', 'Satisfied'), points: '100' },
  { key: 'fair', name: says('一般', 'Fair'), points: '60' },
  { key: 'bad', name: says('不满意', 'Not satisfied'), points: '0' },
];

const template = (key, name, block, assessors) => ({
  key,
  version: 1,
  name,
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('绩效办', 'Performance office'), scope: 'city' },
    leaders: { name: says('市领导', 'Leaders of the city'), scope: 'city' },
    notary: { name: says('公证员', 'Notary'), scope: 'city' },
  },
  categories: { society: { name: says('社会事业服务', 'Social services'), ranked: true } },
  phases: {
    plan: { blocks: [] },
    execute: { blocks: [] },
    evaluate: { blocks: [block] },
    feedback: { blocks: [] },
    rectify: { blocks: [] },
  },
  assessors,
  sample: true,
});

const review = template(
  'mid-year-review',
  says('年中民主评议', 'Review at mid-year'),
  {
    key: 'voting',
    type: 'ballots',
    per: 'cycle',
    name: says('领导和市民评议', 'Leaders and citizens'),
    groups: ['leaders', 'citizens'],
    until: { from: 'opened', workingDays: 10 },
  },
  [
    {
      key: 'leaders',
      name: says('市领导', 'Leaders of the city'),
      kind: 'superior',
      who: [{ kind: 'role', role: 'leaders' }],
      scale: { min: '0', max: '100' },
    },
    { key: 'citizens', name: says('市民', 'Citizens'), kind: 'public', scale: { options: STANDARD } },
  ],
);

const witnessed = template(
  'notarised-review',
  says('公证评议', 'Notarised review'),
  {
    key: 'witness',
    type: 'task',
    name: says('公证', 'A notary witnesses'),
    who: [{ kind: 'role', role: 'notary' }],
    deadline: { from: 'opened', workingDays: 5 },
  },
  [],
);

/** What is there once it is. */
const once = async (look) => {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((go) => setTimeout(go, 300));
  }
};

/** Launches both; answers a ballot sheet of a leader, the link of a survey, and an incident. */
export const launchSamples = async ({ get, post }) => {
  const { items: units } = await get('office', '/orgs?kind=department&category=society&limit=4');
  const launch = async (content) => {
    await post('office', '/templates', { content });
    await post('office', `/templates/${content.key}/versions/1/publish`);
    const participants = units.map(({ id }) => ({ orgId: id, category: 'society' }));
    const year = new Date().getFullYear();
    const cycle = { templateKey: content.key, version: 1, year, name: content.name.zh, participants };
    return (await post('office', '/cycles', cycle)).id;
  };
  const id = await launch(review);
  const round = await once(async () => (await get('office', `/cycles/${id}/ballots`)).items[0]);
  const { links } = await post('office', `/ballot-rounds/${round.id}/links`, { group: 'citizens', count: 1 });
  await launch(witnessed);
  return {
    sheet: await once(async () => (await get('leader1', '/me/ballots')).items[0]),
    survey: links[0].slice(links[0].indexOf('/survey/')),
    incident: await once(async () => (await get('office', '/incidents?limit=1')).items[0]),
  };
};
