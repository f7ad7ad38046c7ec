import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Quiet and hermetic: nothing of the browser's own goes to the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium: the system's if there is one (or `CHROMIUM`), else the one that comes as an npm package. */
export const launchBrowser = async (): Promise<Browser> => {
  const system = [process.env.CHROMIUM, ...INSTALLED].find((path) => path && existsSync(path));
  if (system) return chromium.launch({ executablePath: system, args: FLAGS });
  const { default: packaged } = await import('@sparticuz/chromium');
  // Not its own flags: they are for a single page in a single process, which dies when a second one is opened.
  return chromium.launch({ executablePath: await packaged.executablePath(), args: FLAGS });
};
