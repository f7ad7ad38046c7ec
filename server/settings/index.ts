export { definitions, type LogLevel, type SettingDefinition } from './definitions.ts';
export type { SettingsError } from './error.ts';
export { readSettings, type Settings } from './settings.ts';
export { settingsTable } from './table.ts';
