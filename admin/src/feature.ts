import type { SvgIconComponent } from '@mui/icons-material';
import type { ComponentType } from 'react';
import type { Cycle } from './api/types.ts';
import type { MessageKey } from './i18n/catalogue.ts';

export interface MenuItem {
  to: string;
  label: MessageKey;
  icon: SvgIconComponent;
  /** Where in the menu: what is mine, the work of everybody, the settings of a few. */
  group: 'mine' | 'work' | 'settings';
  count?: 'todo';
  /** `g` and this letter go there. */
  letter?: string;
  /** Only for whoever has this ability, or one of these. */
  needs?: string | readonly string[];
}

/** A view of a cycle, one of the tabs of its page. */
export interface CycleView {
  key: string;
  label: MessageKey;
  view: ComponentType<{ cycle: Cycle }>;
  /** Only for whoever has one of these abilities. */
  needs?: readonly string[];
}

/**
 * What a folder of the console brings: pages (`page()`: fetched when visited), items of the menu, views of a cycle. `outside`: pages
 * for people who are not signed in. Labels belong to the words of the first load.
 */
export interface Feature {
  routes?: Record<string, ComponentType>;
  outside?: Record<string, ComponentType>;
  menu?: MenuItem[];
  cycleViews?: CycleView[];
}
