export { keyFile, openSecrets } from './open.ts';
export { makeSecrets, type Secrets } from './secrets.ts';
