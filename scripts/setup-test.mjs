// Gets what the tests need beside npm packages, a Chromium, a redis-server and curl, where they are missing.
// Prints nothing when all are there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const isOnPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

const run = (command, ...parameters) => {
  console.log(`setup: ${command} ${parameters.join(' ')}`);
  return spawnSync(command, parameters, { stdio: 'inherit' }).status === 0;
};

const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
const mayInstall =
  isOnPath('apt-get') && (root.length === 0 || (isOnPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0));

/** RUNLEVEL=1 keeps Debian's redis-server package from starting a daemon. */
const apt = (packages) => {
  if (!mayInstall) return;
  const aptGet = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', '-q'];
  run(...aptGet, 'update');
  run(...aptGet, 'install', '-y', '--no-install-recommends', ...packages);
};

const hasChromium = () =>
  process.env.CHROMIUM_PATH
    ? existsSync(process.env.CHROMIUM_PATH)
    : existsSync('/usr/bin/chromium') || existsSync(chromium.executablePath());

const hasRedis = () => isOnPath('redis-server');
const hasCurl = () => isOnPath('curl');

const debianPackages = [
  ...(hasChromium() ? [] : ['chromium', 'fonts-liberation']),
  ...(hasRedis() ? [] : ['redis-server']),
  ...(hasCurl() ? [] : ['curl']),
];
if (debianPackages.length > 0) apt(debianPackages);
if (!hasChromium()) run('npx', 'playwright', 'install', ...(mayInstall ? ['--with-deps'] : []), 'chromium');

const missing = [
  ...(hasChromium() ? [] : ['Chromium: install it, or set CHROMIUM_PATH to one']),
  ...(hasRedis() ? [] : ['redis-server: install it with your package manager, e.g. `brew install redis`']),
  ...(hasCurl() ? [] : ['curl: install it with your package manager']),
];
if (missing.length > 0) {
  console.error(`The tests need\n  ${missing.join('\n  ')}`);
  process.exit(1);
}
