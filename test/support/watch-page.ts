import type { BrowserContext, Page } from 'playwright-core';

/** What must stay empty on a page that behaves. */
export interface PageTroubles {
  consoleErrors: string[];
  violations: string[];
}

/** Opens a page that reports console errors, uncaught errors and violations of its security policy. */
export async function openWatchedPage(context: BrowserContext): Promise<{ page: Page; troubles: PageTroubles }> {
  const troubles: PageTroubles = { consoleErrors: [], violations: [] };
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => troubles.consoleErrors.push(String(error)));
  await page.exposeFunction('reportViolation', (violation: string) => troubles.violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation(violation: string): void };
      reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return { page, troubles };
}
