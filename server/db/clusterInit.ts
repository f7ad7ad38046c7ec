import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toldError } from '../toldError.ts';
import { CLUSTER_USER, type Cluster, pgdataOf, serverEnvironment } from './cluster.ts';
import { writeClusterSettings } from './clusterSettings.ts';

/** Creates the cluster unless it is there. A creation that was interrupted leaves nothing that counts. */
export const initCluster = async (cluster: Cluster): Promise<boolean> => {
  const target = pgdataOf(cluster);
  if (await stat(join(target, 'PG_VERSION')).catch(() => undefined)) return false;
  await removeDrafts(cluster.home);
  const draft = join(cluster.home, `draft-${randomUUID()}`);
  const passwordFile = `${draft}.pw`;
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600, flag: 'wx' });
  if (cluster.user) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  try {
    await runInitdb(cluster, draft, passwordFile);
    await writeClusterSettings(draft, cluster.settings);
    await rename(draft, target);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
  return true;
};

/** What a creation left that was killed half-way. */
const removeDrafts = async (home: string): Promise<void> => {
  const drafts = (await readdir(home)).filter((name) => name.startsWith('draft-'));
  await Promise.all(drafts.map((name) => rm(join(home, name), { recursive: true, force: true })));
};

const runInitdb = async (cluster: Cluster, pgdata: string, passwordFile: string): Promise<void> => {
  const major = Number.parseInt(cluster.binaries.version, 10);
  // Sorting must not depend on the machine: code points, with Unicode's own case rules where the server has them.
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  const args = [
    '-D',
    pgdata,
    '-U',
    CLUSTER_USER,
    '--pwfile',
    passwordFile,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    ...locale,
  ];
  const quick = cluster.temporary ? ['--no-sync'] : [];
  const child = spawn(join(cluster.binaries.bin, 'initdb'), [...args, ...quick, '--no-instructions'], {
    ...cluster.user,
    cwd: cluster.home,
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw initFailed(pgdata, output);
};

const initFailed = (pgdata: string, output: string) =>
  toldError(
    'database.initFailed',
    { zh: `无法在 ${pgdata} 建立内置数据库`, en: `the embedded database could not be created in ${pgdata}` },
    { detail: output.trim().split('\n').slice(-8).join('\n') },
  );
