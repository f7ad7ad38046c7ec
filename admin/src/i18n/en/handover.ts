import type { Catalogue } from '../catalogue.ts';

export const handover: Catalogue['handover'] = {
  reassign: 'Reassign',
  now: 'Now with %{names}.',
  reassignHelp: 'Whoever had it no longer sees it; who reassigned it and why goes on record.',
  reassigned: 'Reassigned',
  to: 'Goes to',
  instead: 'Instead of',
  all: 'everybody who has it',
  reason: 'Reason',
  handOver: 'Hand over',
  handOverHelp:
    'Everything that somebody has, or will have when their turn comes, goes to somebody else, each on record. Look first, then hand over.',
  of: 'Who leaves',
  look: 'Show what would move',
  preview: 'preview',
  nothing: 'There is nothing to hand over.',
  found: '%{moved} can be handed over, %{left} cannot',
  tasks: 'What would move',
  stays: 'Stays:',
  done: '%{moved} handed over',
  partly: '%{moved} handed over, %{left} not; why stands below',
};
