import type { LaterWords } from '../later.ts';

export const start: LaterWords['start'] = {
  title: 'There are no units here yet',
  help: 'A cycle needs units and people. Import your city’s units from a CSV table, then its people; or load the sample city first, get to know it, and start clean afterwards.',
  import: 'Import units',
  add: 'Add one by one',
  sample: 'Load the sample city',
  sampleHelp:
    'The sample city has more than 500 units and more than 1,000 invented people. It cannot be removed piece by piece: to start clean, use another database (see docs/operations.md).',
  password: 'Password of the sample accounts',
  passwordHelp: 'All sample accounts sign in with it: at least 8 characters, and not a common one.',
  load: 'Load',
  loading: 'Loading…',
  loaded: '%{orgs} units and %{people} people were loaded. Sign in as office to launch a cycle.',
  isSample:
    'The units and people here are sample data. To start for real, take an empty database (with the built-in one: another BIHUAN_DATA folder), start without --demo, and import your city’s units and people.',
};
