import type { Text } from '../../../workflows/text.ts';
import type { DemoOrg } from '../city.ts';

/** People of a body who hold a role for the whole city. */
export interface Holders {
  role: string;
  /** What they are called in their office. */
  title: string;
  people: number;
}

/** A body that runs, decides or assesses: an office, a committee, observers, a legislature. */
export interface Body {
  code: string;
  name: Text;
  kind: 'office' | 'committee' | 'group';
  holds: readonly Holders[];
}

/** A unit with its head, two members of staff and sections. Of the kind `person` it is that person, head and staff in one. */
export interface Unit {
  code: string;
  name: Text;
  kind: DemoOrg['kind'];
  /** The unit or body above it; without it the root. */
  parent?: string;
  /** The title of its head, or of the person. */
  title: string;
  /** The unit that monitors it. Whoever monitors anybody has people with the role `monitor`. */
  monitor?: string;
  sections?: readonly { name: Text; title: string }[];
  /** Further roles inside the unit, one person each. */
  roles?: readonly { role: string; title: string }[];
}

/** A unit that takes part, and the category of the template that it is in. */
export interface DemoParticipant {
  code: string;
  category: string;
}

/** Who a shipped template is tried out with. Codes and user names are unique over all organisations. */
export interface Organisation {
  /** 示例市 with its departments, districts and bodies is there as well; what follows stands beside it. */
  city: boolean;
  /** Above all bodies and units that name no other parent; the city's root where that is there. */
  root?: { code: string; name: Text; head: string };
  bodies: readonly Body[];
  units: readonly Unit[];
  participants: readonly DemoParticipant[];
  /** Roles that somebody of each participating unit of 示例市 holds besides, inside the unit. */
  also?: readonly { role: string; who: 'head' | 'staff1' | 'staff2' }[];
  names?: 'en';
}
