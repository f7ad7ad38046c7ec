import type { MenuItem } from '../feature.ts';
import { menuItems } from '../features.ts';
import type { MessageKey } from '../i18n/catalogue.ts';

export interface MenuGroup {
  key: MenuItem['group'];
  label?: MessageKey;
  items: MenuItem[];
}

const GROUPS: Omit<MenuGroup, 'items'>[] = [
  { key: 'mine' },
  { key: 'work', label: 'layout.menu.work' },
  { key: 'settings', label: 'layout.menu.settings' },
];

/** What this person finds in the menu: only what they may do. */
export function menuFor(can: (ability: string) => boolean): MenuGroup[] {
  const allowed = menuItems.filter(({ needs }) => !needs || [needs].flat().some(can));
  return GROUPS.map((group) => ({ ...group, items: allowed.filter((item) => item.group === group.key) })).filter(
    ({ items }) => items.length > 0,
  );
}

/** Whether a menu item is where we are; a task belongs to the inbox. */
export function isHere(item: MenuItem, pathname: string): boolean {
  if (item.to === '/inbox' && pathname.startsWith('/tasks/')) return true;
  return pathname === item.to || pathname.startsWith(`${item.to}/`);
}
