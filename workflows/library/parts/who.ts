import type { Who } from '../../template/when.ts';

/** Who acts, by the names that all shipped templates share. */
export const head: Who = { kind: 'head' };
export const staff: Who = { kind: 'role', role: 'staff', of: 'participant' };
export const monitor: Who = { kind: 'role', role: 'monitor', of: 'monitoringUnit' };
export const office: Who = { kind: 'role', role: 'performanceOffice' };
/** Of the section or unit that an item is about. */
export const itemStaff: Who = { kind: 'role', role: 'staff', of: 'item' };
export const itemHead: Who = { kind: 'head', of: 'item' };

/** Everyone who holds a role for the whole city. */
export const city = (role: string): Who => ({ kind: 'role', role });
