import type { Language, Text } from '../text.ts';
import type { Block } from './block.ts';
import { modelOf, type Site } from './model.ts';
import { type CycleTemplate, PHASES } from './schema.ts';
import type { Rung, When, Who } from './when.ts';

/** A template in words, a line a block, indented as the blocks stand in each other. */
export function outlineOf(template: CycleTemplate, language: Language): string[] {
  const say = sayer(language);
  const { roots } = modelOf(template);
  return [
    `${template.name[language]} (${template.key} ${template.version})`,
    ...PHASES.flatMap((phase) => [
      '',
      `${phase} ${template.phases[phase].name?.[language] ?? ''}`.trim(),
      ...roots[phase].flatMap((site) => lines(site, 1, say)),
    ]),
  ];
}

type Say = ReturnType<typeof sayer>;
const sayer = (language: Language) => (text: Text) => text[language];

function lines(site: Site, depth: number, say: Say): string[] {
  const { block } = site;
  const indent = '  '.repeat(depth);
  const head = `${indent}${block.key} [${block.type}${block.per === 'cycle' ? ', cycle' : ''}] ${say(block.name)}${detail(block, say)}`;
  if (block.type !== 'parallel' && block.type !== 'branch')
    return [head, ...site.paths.flatMap(({ sites }) => sites.flatMap((inner) => lines(inner, depth + 1, say)))];
  const named = block.type === 'parallel' ? block.branches : [...block.paths, block.otherwise];
  return [
    head,
    ...site.paths.flatMap(({ sites }, i) => {
      const path = named[i];
      const condition = path && 'if' in path ? ` if ${path.if}` : '';
      return [
        `${indent}- ${path ? say(path.name) : ''}${condition}`,
        ...sites.flatMap((inner) => lines(inner, depth + 2, say)),
      ];
    }),
  ];
}

const both = (zh: string, en: string): Text => ({ zh, en });

function detail(block: Block, say: Say): string {
  const parts: string[] = [];
  if ('who' in block) parts.push(block.who.map((who) => whoText(who)).join(' + '));
  if ('mode' in block && block.mode) parts.push(block.mode);
  if ('deadline' in block && block.deadline) parts.push(`${say(both('期限', 'due'))} ${whenText(block.deadline)}`);
  if ('until' in block && block.until) parts.push(`${say(both('到', 'until'))} ${whenText(block.until)}`);
  if ('escalate' in block && block.escalate?.length) parts.push(block.escalate.map(rungText).join(' → '));
  if ('cc' in block && block.cc)
    parts.push(`${say(both('抄送', 'copy to'))} ${block.cc.map((who) => whoText(who)).join(' + ')}`);
  if ('returnTo' in block && block.returnTo) parts.push(`${say(both('退回', 'return to'))} ${block.returnTo}`);
  return parts.length > 0 ? ` · ${parts.join(' · ')}` : '';
}

/** Who, briefly: `role staff of participant`. */
export function whoText(who: Who): string {
  switch (who.kind) {
    case 'role':
      return who.of ? `${who.role} of ${who.of}` : who.role;
    case 'person':
      return who.person;
    case 'head':
      return `head of ${who.of ?? 'participant'}`;
    case 'field':
      return `field ${who.field}`;
    case 'actorOf':
      return `actor of ${who.block}`;
    default:
      return who.kind;
  }
}

/** A `When`, briefly: `opened +5wd`, `03-31 next`. */
export function whenText(when: When): string {
  if ('date' in when) return when.year === 'next' ? `${when.date} next` : when.date;
  const signed = (n: number | undefined, unit: string) => (n ? ` ${n > 0 ? '+' : ''}${n}${unit}` : '');
  const unit = when.counting === 'statutory' ? 'd (statutory)' : when.counting === 'working' ? 'wd' : 'd';
  const first = when.countFirst ? ', first day counts' : '';
  return `${when.from}${signed(when.days, unit)}${signed(when.workingDays, 'wd')}${first}`;
}

const rungText = ({ after, do: act, colour, points }: Rung): string =>
  `+${after} ${act}${colour ? ` ${colour}` : ''}${points ? ` ${points}` : ''}`;
