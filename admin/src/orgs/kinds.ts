/** Kinds of units that the API knows. */
export const KINDS = ['department', 'district', 'section', 'office', 'committee', 'group', 'person'];

/** Categories of the shipped templates; any other key may be typed. */
export const CATEGORIES = ['economy', 'enforcement', 'society', 'general'];
