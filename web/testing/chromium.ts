/** A real Chromium, driven by Playwright, for whatever looks at the web app. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

/** Debian's; CHROMIUM names another. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** What needs a browser is left out where there is none. */
export const hasChromium = existsSync(EXECUTABLE);

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For what never comes: on a busy machine a page may take long. */
const TIMEOUT_MS = 120_000;

export type Look = {
  width?: number;
  height?: number;
  /** A phone: a finger, no scroll bars. */
  isTouched?: boolean;
  colorScheme?: 'light' | 'dark';
  locale?: string;
  timeZone?: string;
  /** Nothing of the page runs. */
  hasNoScripts?: boolean;
};

/** Starts a browser, which opens nothing yet. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS, timeout: TIMEOUT_MS });
}

/** A browser as another person has it: with cookies of its own. */
export async function openContext(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    isMobile: look.isTouched ?? false,
    hasTouch: look.isTouched ?? false,
    colorScheme: look.colorScheme ?? 'light',
    locale: look.locale ?? 'en-US',
    timezoneId: look.timeZone ?? 'UTC',
    javaScriptEnabled: !look.hasNoScripts,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

/**
 * A page that keeps what must never be: errors of scripts, what the Content-Security-Policy refused,
 * requests to other hosts. `complaints` is to be empty at the end of a test.
 */
export async function openPage(
  context: BrowserContext,
  origin: string,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:'))
      complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}
