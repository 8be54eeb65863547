import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, or the one that `CHROMIUM_PATH` names. Where there is neither, Playwright's own is used. */
export const chromiumPath: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** What would cost a window of a test as much as the pages in it: two pages of the browser's own for its address bar. */
const costly = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
/** Playwright leaves these out, but of two such switches only the last one counts. */
const leftOut = [
  ...['AimEnabled', 'AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
  ...[
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'LensOverlay',
    'MediaRouter',
  ],
  ...['NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch'],
  'ThirdPartyStoragePartitioning',
];

/** Keeps a test's Chromium from calling its maker, and from work that no test sees. */
export const chromiumArgs: string[] = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  `--disable-features=${[...costly, ...leftOut].join(',')}`,
];

/** Starts the Chromium of this machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    chromiumSandbox: false,
    args: chromiumArgs,
    ...(existsSync(chromiumPath) ? { executablePath: chromiumPath } : {}),
  });
}
