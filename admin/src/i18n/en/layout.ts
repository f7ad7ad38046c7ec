import type { Catalogue } from '../catalogue.ts';

export const layout: Catalogue['layout'] = {
  menu: {
    main: 'Main menu',
    work: 'Evaluation',
    settings: 'Settings',
    inbox: 'To do',
    unit: 'My unit',
    ballots: 'My ballots',
    done: 'Done',
    started: 'Started by me',
    told: 'Notices',
    cycles: 'Cycles',
    delegations: 'Delegations',
    templates: 'Templates',
    orgs: 'Units',
    people: 'People',
    calendar: 'Calendar',
    incidents: 'Incidents',
    more: 'More',
  },
  user: {
    open: 'My account',
    language: 'Language',
    theme: 'Appearance',
    auto: 'As the system',
    light: 'Light',
    dark: 'Dark',
    palette: 'Search and go (Ctrl+K)',
    sheet: 'Keyboard shortcuts (?)',
    tour: 'Take the tour',
  },
};
