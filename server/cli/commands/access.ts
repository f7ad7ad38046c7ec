import { accessTable, CALLERS, verdict } from '../../auth/table.ts';
import { describedRoutes } from '../../http/routes.ts';
import type { CommandModule } from '../command.ts';

const access: CommandModule = {
  usage: 'access',
  text: {
    zh: '列出每个接口对每种角色是否开放（docs/access.md 的表即由此生成）',
    en: 'every route of the API against every role; the table of docs/access.md is made by it',
  },
  configure: (command) => command.option('--markdown', 'Markdown').addHelpText('after', '\n  bihuan access --markdown'),
  run: async ({ options, output }) => {
    const routes = describedRoutes();
    const table = routes.map((route) => ({
      route: route.id,
      method: route.method,
      path: route.path,
      needs: route.can,
      callers: Object.fromEntries(CALLERS.map((caller) => [caller, verdict(route, caller)])),
    }));
    const open = ({ callers }: (typeof table)[number]) =>
      CALLERS.filter((caller) => callers[caller] === 'yes').join(' ');
    output.result(
      { routes: table },
      options.markdown
        ? [accessTable(routes)]
        : table.map((row) => `${row.route.padEnd(28)} ${row.needs.padEnd(20)} ${open(row)}`),
    );
  },
};

export default access;
