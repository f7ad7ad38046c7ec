import type { LaterWords } from '../later.ts';

export const fieldHelp: LaterWords['fieldHelp'] = {
  org: {
    code: 'Unique in the city: tables and the API name the unit by it, such as jyj.',
    kind: 'Departments and districts can be evaluated; a section belongs to the unit above it.',
    category: 'Units are ranked within their category; leave empty for those that are not evaluated.',
    parent: 'Under which unit it stands in the tree.',
    head: 'Gets the steps that are the head’s, and hears of what is overdue.',
    monitoringUnit: 'Checks the values of indicators that this unit reports.',
  },
  cycle: {
    year: 'The year that is evaluated; deadlines are counted by its calendar of working days.',
    name: 'Tasks, notices and reports call it by this name.',
    participants: 'Active units of the categories that the template names.',
  },
  person: {
    username: 'To sign in with; unique in the city, such as jyj.zhang.',
    org: 'Where the person works; for those in a section, the section.',
    email: 'Reminders of deadlines go there; without one they are only in the inbox.',
    clearance: 'Files above this level do not exist for the person.',
    roles: 'What the person may do and see; where a role is for one unit, choose the unit, too.',
  },
};
