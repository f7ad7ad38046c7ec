// What the launcher needs before the program itself can be compiled.
export { reportFailure } from './failure.ts';
export { prepareClient } from './prepareClient.ts';
