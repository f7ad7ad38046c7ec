export { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.ts';
export { seedCalendar } from './calendar.ts';
export { CATEGORIES, type DemoCity, demoCity, demoOrgId, demoPersonId } from './city.ts';
export { addDemoCity, NoRoomError, type SeededCity, seedDemoCity, seedDemoOrganisation } from './demoCity.ts';
export { demoOrganisation, demoParticipants, organisationKeys } from './organisations/index.ts';
