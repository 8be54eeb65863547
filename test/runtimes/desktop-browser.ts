// Browsers of this machine that no package brings: a page that tells its result by itself needs no driver.
import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How a browser is started with a profile of its own. */
export interface DesktopBrowser {
  name: 'firefox' | 'webkit';
  /** Where to get it from. */
  hint: string;
  /** Faults of which its network layer says nothing, so that nobody can tell of them. */
  untold: readonly string[];
  /** Its command line without the address; undefined when it is not installed. */
  toCommand(profile: string): string[] | undefined;
}

/** All cases take some 20 s. */
const limitMs = 120_000;

/** Keeps it from asking its maker, and the visitor, anything. */
const firefoxPreferences = {
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:9/',
};

export const firefox: DesktopBrowser = {
  name: 'firefox',
  hint: "Debian's package firefox-esr, or FIREFOX_PATH",
  untold: [],
  toCommand(profile) {
    const path = process.env['FIREFOX_PATH'] ?? findCommand('firefox') ?? findCommand('firefox-esr');
    return path ? [path, '--headless', '--no-remote', '--profile', profile] : undefined;
  },
};

/** What Safari is made of, in the small browser that comes with it. */
export const webkit: DesktopBrowser = {
  name: 'webkit',
  hint: "Debian's packages webkit2gtk-driver and xvfb",
  // libsoup takes the end of a connection for the end of a body, and what is not compressed as it is.
  untold: ['a chunked body without its end', 'a stream that lies about its compression'],
  toCommand() {
    const path = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')[0];
    const screen = findCommand('xvfb-run');
    return path && screen ? [screen, '--auto-servernum', path, '--private'] : undefined;
  },
};

/** Opens a page until `done` has settled. */
export async function openUntil<T>(browser: DesktopBrowser, url: string, done: Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), `nova-${browser.name}-`));
  const lines = Object.entries(firefoxPreferences).map(
    ([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const [command = '', ...parameters] = browser.toCommand(profile) ?? [];
  const child = spawn(command, [...parameters, url], {
    stdio: 'ignore',
    detached: true,
    // It runs as root in a container, where its own sandbox cannot.
    env: { ...process.env, HOME: profile, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (status, signal) => resolve(`it ended by itself with ${status ?? signal}`));
  });
  const late = delay(limitMs, `it said nothing for ${limitMs / 1000} s`, { ref: false });
  try {
    const failed = Promise.race([ended, late]).then((reason) =>
      Promise.reject(new Error(`${browser.name}: ${reason}.`)),
    );
    return await Promise.race([done, failed]);
  } finally {
    if (child.pid && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function findCommand(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
