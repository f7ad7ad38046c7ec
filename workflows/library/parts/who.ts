import type { Who } from '../../template/when.ts';

/** Who acts, by the names that all shipped templates share. */
export const head: Who = { kind: 'head' };
export const staff: Who = { kind: 'role', role: 'staff', of: 'participant' };
export const monitor: Who = { kind: 'role', role: 'monitor', of: 'monitoringUnit' };
export const office: Who = { kind: 'role', role: 'performanceOffice' };
export const sectionHead: Who = { kind: 'head', of: 'item' };

/** Of the unit of an item that owns indicators of another. */
export const ownerStaff: Who = { kind: 'role', role: 'staff', of: 'item' };
export const ownerHead: Who = { kind: 'head', of: 'item' };

/** Everyone who holds a role for the whole city. */
export const city = (role: string): Who => ({ kind: 'role', role });
