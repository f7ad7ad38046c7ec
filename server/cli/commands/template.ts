import { library } from '../../../workflows/library/index.ts';
import { PUBLISHED, withRules } from '../../../workflows/library/rules.ts';
import { machineConfig } from '../../../workflows/machine/compile.ts';
import type { Track } from '../../../workflows/machine/track.ts';
import { type Finding, isGreen, lintTemplate } from '../../../workflows/template/lint/index.ts';
import { outlineOf } from '../../../workflows/template/outline.ts';
import { blocksOf, type CycleTemplate } from '../../../workflows/template/schema.ts';
import type { Language } from '../../../workflows/text.ts';
import { problem } from '../../http/problem.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';
import type { Output } from '../output.ts';
import { readGreenTemplate, readTemplate } from '../templateFile.ts';

const lint: CommandModule = {
  usage: 'lint [templates...]',
  text: {
    zh: '检查模板（自带模板的名称或 JSON 文件；不写则检查全部自带模板）',
    en: 'check templates (keys of shipped ones, or JSON files; without any, all that are shipped)',
  },
  run: async ({ args, output }) => {
    const names = args.length > 0 ? args : Object.keys(library);
    const templates = [];
    for (const name of names) {
      const findings = lintTemplate(await readTemplate(name));
      templates.push({ template: name, ok: isGreen(findings), ...count(findings), findings });
    }
    const ok = templates.every((one) => one.ok);
    if (!ok) process.exitCode = 1;
    output.result(
      { ok, templates },
      templates.flatMap((one) => [summary(one, output.language), ...one.findings.map((f) => line(f, output.language))]),
    );
  },
};

const count = (findings: readonly Finding[]) => {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return { errors, warnings: findings.length - errors };
};

const summary = (one: { template: string; errors: number; warnings: number }, language: Language): string =>
  language === 'zh'
    ? `${one.template}：${one.errors} 个错误，${one.warnings} 个提醒`
    : `${one.template}: ${one.errors} errors, ${one.warnings} warnings`;

const line = ({ path, severity, id, reason, hint }: Finding, language: Language): string => {
  const kind = { zh: { error: '错误', warning: '提醒' }, en: { error: 'error', warning: 'warning' } }[language][
    severity
  ];
  return `  ${path}\n    ${kind} ${id}: ${reason[language]}\n    ${hint[language]}`;
};

const show: CommandModule = {
  usage: 'show <template>',
  text: { zh: '用文字列出模板的各个步骤', en: "list a template's blocks in words" },
  run: async ({ args: [name = ''], output }) => {
    const template = await readGreenTemplate(name);
    const blocks = [...blocksOf(template)].map(({ phase, block }) => ({
      key: block.key,
      type: block.type,
      phase,
      per: block.per ?? 'participant',
      name: block.name,
    }));
    const { key, version, name: title, roles, categories } = template;
    output.result({ key, version, name: title, roles, categories, blocks }, outlineOf(template, output.language));
  },
};

const exportTemplate: CommandModule = {
  usage: 'export <template>',
  text: {
    zh: '以 JSON 输出模板；加 --xstate 输出其 XState 状态机',
    en: 'print a template as JSON, or with --xstate its XState machines',
  },
  configure: (command) => {
    command
      .option('--xstate', 'XState v5 machines of the participants, the cycle and the items of each repeat')
      .addHelpText('after', '\n  bihuan template export zjg-departments --xstate > machines.json');
  },
  run: async ({ args: [name = ''], options, output }) => {
    const template = await readGreenTemplate(name);
    const value = options.xstate ? { template: template.key, machines: machinesOf(template) } : template;
    output.result(value, JSON.stringify(value, null, 2));
  },
};

/** Every machine that a template's cases run, as plain XState data, by track. */
export const machinesOf = (template: CycleTemplate) => {
  const items = [...blocksOf(template)].flatMap(({ block }): Track[] =>
    block.type === 'repeat' && block.mode === 'together' ? [{ kind: 'item', block: block.key }] : [],
  );
  const tracks: Track[] = [{ kind: 'participant' }, { kind: 'cycle' }, ...items];
  return Object.fromEntries(
    tracks.map((track) => [track.kind === 'item' ? `item/${track.block}` : track.kind, machineConfig(template, track)]),
  );
};

const rules: CommandModule = {
  usage: 'rules [template] [rules...]',
  text: {
    zh: '列出规则库中的公开规则；写明模板和规则时，输出套用这些规则的模板（JSON）',
    en: 'list the published rules; with a template and rules, print the template with these rules in it (JSON)',
  },
  configure: (command) => {
    command.addHelpText('after', '\n  bihuan template rules zjg-departments guangyuan sanming > my.json');
  },
  run: async ({ args: [name, ...keys], output }) => {
    if (name === undefined) {
      const rows = PUBLISHED.map(({ key, name: title, says, takes }) => ({ key, name: title, says, takes }));
      output.result(
        { rules: rows },
        rows.flatMap((rule) => [`${rule.key}  ${rule.name[output.language]}`, `    ${rule.says[output.language]}`]),
      );
      return;
    }
    const unknown = keys.filter((key) => !PUBLISHED.some((rule) => rule.key === key));
    if (keys.length === 0 || unknown.length > 0) {
      const all = PUBLISHED.map(({ key }) => key).join(', ');
      const message = {
        zh: unknown.length > 0 ? `没有规则 ${unknown.join('、')}；有：${all}` : `写明要套用的规则：${all}`,
        en: unknown.length > 0 ? `no rule ${unknown.join(', ')}; there are: ${all}` : `name the rules: ${all}`,
      };
      throw problem('input.invalid', { errors: [{ path: 'rules', message }] });
    }
    const changed = withRules(await readGreenTemplate(name), keys);
    output.result(changed, JSON.stringify(changed, null, 2));
  },
};

const rehearse: CommandModule = {
  usage: 'rehearse [templates...]',
  text: {
    zh: '上线前演练：在虚拟时间里让每一步的提醒和升级逐级触发，列出步骤、时点、日期、对象（多个模板或 --all 逐个演练，只列未触发的）',
    en: 'rehearse before going live: let every reminder and rung of each block fire in virtual time, and list them with date and people (several templates, or --all that ship: with what did not fire)',
  },
  configure: (command) => {
    command
      .option('--all', 'every shipped template, each in a database of its own')
      .option('--year <year>', 'year of the cycle', whole(1990, 2200), 2027)
      .addHelpText('after', '\n  bihuan template rehearse zjg-departments --year 2027 --json');
  },
  run: async ({ args, options, output }) => {
    const names = rehearsed(args, options.all === true);
    const templates = await Promise.all(names.map(readGreenTemplate));
    const [template, ...others] = templates;
    if (!template || others.length > 0) return rehearseSeveral(templates, options.year as number, output);
    const { rehearse: run } = await import('../../rehearse/index.ts');
    const { printRehearsal } = await import('../../rehearse/print.ts');
    const bar = output.progress({ zh: '演练', en: 'rehearsing' }, 100);
    const result = await run({
      settings: readSettings(),
      template,
      year: options.year as number,
      onProgress: (share) => bar.update(Math.round(share * 100)),
    });
    bar.end();
    output.result(result, printRehearsal(result, output.language));
    if (result.unfired + result.unheard + result.unreached.length > 0) process.exitCode = 1;
  },
};

/** Which templates are rehearsed: those that are named, or all that ship. @throws input.invalid unless it is one of both */
export function rehearsed(names: readonly string[], all: boolean): readonly string[] {
  if (all !== names.length > 0) return all ? Object.keys(library) : names;
  const message = { zh: '写模板名称，或者 --all，二者取一', en: 'name templates or --all, one of them' };
  throw problem('input.invalid', { errors: [{ path: 'template', message }] });
}

/** One after the other; fails where a rung did not fire, told nobody, or was out of reach. */
async function rehearseSeveral(contents: readonly CycleTemplate[], year: number, output: Output): Promise<void> {
  const { rehearseEach } = await import('../../rehearse/each.ts');
  const onTemplate = (name: string, place: number) => output.note(`${place}/${contents.length} ${name}`);
  const { ok, templates } = await rehearseEach(contents, { settings: readSettings(), year, onTemplate });
  output.result(
    { ok, templates },
    templates.flatMap(({ template: name, rungs, fired, unfired, unheard, unreached, seconds, left }) => [
      `${name}: rungs ${rungs}, fired ${fired}, unfired ${unfired}, unheard ${unheard}, ${seconds} s`,
      ...unreached.map(({ block, reason }) => `  ${block}: ${reason[output.language]}`),
      ...left.map(({ block, item, rung }) => `  ${block} ${item ?? ''} ${rung}`),
    ]),
  );
  if (!ok) process.exitCode = 1;
}

const template: CommandModule = {
  usage: 'template',
  text: { zh: '检查、查看、导出、演练模板', en: 'check, show, export and rehearse templates' },
  commands: [lint, show, exportTemplate, rules, rehearse],
};

export default template;
