import type { SvgIconComponent } from '@mui/icons-material';
import Account from '@mui/icons-material/AccountTreeOutlined';
import Org from '@mui/icons-material/ApartmentOutlined';
import Calendar from '@mui/icons-material/CalendarMonthOutlined';
import Cycle from '@mui/icons-material/DonutLargeOutlined';
import People from '@mui/icons-material/GroupOutlined';
import Ballot from '@mui/icons-material/HowToVoteOutlined';
import Inbox from '@mui/icons-material/InboxOutlined';
import Incident from '@mui/icons-material/ReportProblemOutlined';
import Delegation from '@mui/icons-material/SupervisorAccountOutlined';
import type { MessageKey } from '../i18n/catalogue.ts';

export interface MenuItem {
  to: string;
  label: MessageKey;
  icon: SvgIconComponent;
  count?: 'todo';
}

export interface MenuGroup {
  label?: MessageKey;
  items: MenuItem[];
}

const mine: MenuItem[] = [
  { to: '/inbox', label: 'layout.menu.inbox', icon: Inbox, count: 'todo' },
  { to: '/ballots', label: 'layout.menu.ballots', icon: Ballot },
];

const work: (MenuItem & { needs?: string })[] = [
  { to: '/cycles', label: 'layout.menu.cycles', icon: Cycle },
  { to: '/calendar', label: 'layout.menu.calendar', icon: Calendar },
  { to: '/delegations', label: 'layout.menu.delegations', icon: Delegation },
];

const settings: (MenuItem & { needs: string })[] = [
  { to: '/templates', label: 'layout.menu.templates', icon: Account, needs: 'templates.write' },
  { to: '/orgs', label: 'layout.menu.orgs', icon: Org, needs: 'orgs.write' },
  { to: '/people', label: 'layout.menu.people', icon: People, needs: 'people.write' },
  { to: '/incidents', label: 'layout.menu.incidents', icon: Incident, needs: 'incidents.read' },
];

/** What this person finds in the menu: only what they may do. */
export function menuFor(can: (ability: string) => boolean): MenuGroup[] {
  const groups: MenuGroup[] = [
    { items: mine },
    { label: 'layout.menu.work', items: work },
    { label: 'layout.menu.settings', items: settings.filter((item) => can(item.needs)) },
  ];
  return groups.filter((group) => group.items.length > 0);
}

/** Whether a menu item is where we are; a task belongs to the inbox. */
export function isHere(item: MenuItem, pathname: string): boolean {
  if (item.to === '/inbox' && pathname.startsWith('/tasks/')) return true;
  return pathname === item.to || pathname.startsWith(`${item.to}/`);
}
