/** 三员: who keeps the instance running, who grants rights, who reads the audit. None of them sees business data. */
export const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'] as const;
export type Administrator = (typeof ADMINISTRATORS)[number];

export const isAdministrator = (role: string): role is Administrator =>
  (ADMINISTRATORS as readonly string[]).includes(role);

/**
 * 三员分立: an administrator's account holds that one role and no other. The database refuses two of them, and one of them
 * together with the performance office, whatever way they come.
 */
export const areSeparate = (roles: readonly string[]): boolean =>
  new Set(roles).size <= 1 || !roles.some(isAdministrator);
