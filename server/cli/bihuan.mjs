#!/usr/bin/env node
// Plain JavaScript: it checks the Node version, lets Node load TypeScript, and hands over.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}\n`);
  process.stderr.write(`Node.js 20.19 or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}

const { register } = await import('tsx/esm/api');
register();

try {
  const { prepareClient } = await import('./prepareClient.ts');
  await prepareClient();
  const { main } = await import('./main.ts');
  await main(process.argv);
} catch (error) {
  const { reportFailure } = await import('./failure.ts');
  reportFailure(error, { json: process.argv.includes('--json') });
}
