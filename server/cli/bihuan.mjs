#!/usr/bin/env -S node --max-semi-space-size=64
// A step leaves much behind that is soon forgotten: with room for it, less is copied about. (`npm start` says so too.)
// Plain JavaScript: it checks the Node version, has the TypeScript compiled, and hands over.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}\n`);
  process.stderr.write(`Node.js 20.19 or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}

process.setSourceMapsEnabled(true);
const { compile } = await import('./compile.mjs');
// The generated Prisma client is compiled into the program, so it is made first.
const { prepareClient, reportFailure } = await import(await compile('server/cli/start.ts', ['server', 'workflows']));
try {
  await prepareClient();
  const { main } = await import(await compile('server/cli/main.ts', ['server', 'workflows', 'prisma']));
  await main(process.argv);
} catch (error) {
  reportFailure(error, { json: process.argv.includes('--json') });
}
