/** Roles of the shipped templates and of the console itself; templates may name more. */
export const ROLES = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
  'performanceOffice',
  'committee',
  'standingCommittee',
  'staff',
  'monitor',
  'leaders',
  'grassRoots',
  'surveyTeam',
  'inspector',
  'hotline',
];
