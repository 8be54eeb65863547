import type { PageTrouble } from './scenarios.js';

const hourMs = 3_600_000;

/** Makes the page what a trouble of its own says, and gives the endpoint of the chat. */
export function preparePage(trouble: PageTrouble | undefined, scenario: string): string {
  const { host, hostname, port } = location;
  const path = `/scenario/${scenario}`;
  switch (trouble) {
    case 'offline':
      goOffline();
      return 'http://127.0.0.1:9';
    case 'no-listener':
      return 'http://127.0.0.1:9';
    case 'no-host':
      return 'http://nowhere.invalid';
    case 'no-certificate':
      // This server speaks no TLS.
      return `https://${host}${path}`;
    case 'foreign-origin':
      return `http://${hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}/scenario/short`;
    case 'goes-offline':
      document.addEventListener('nova-response-start', goOffline);
      return path;
    case 'clock-ahead': {
      const { now } = Date;
      Date.now = () => now() + hourMs;
      return path;
    }
    default:
      return path;
  }
}

function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true });
}
