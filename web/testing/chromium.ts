/** A real Chromium, driven by Playwright. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

/** Debian's; CHROMIUM names another. */
const WHOLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The same browser without windows: a page costs it a quarter of the CPU. It shows no notifications, and installs nothing. */
const HEADLESS = '/usr/bin/chromium-headless-shell';

/** Without a browser the tests that need one are skipped. */
export const hasChromium = existsSync(WHOLE);

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

export type BrowserOptions = {
  width?: number;
  height?: number;
  /** A phone: a finger, no scroll bars. */
  isTouched?: boolean;
  colorScheme?: 'light' | 'dark';
  locale?: string;
  timeZone?: string;
  /** Scripts are turned off. */
  hasNoScripts?: boolean;
  /** With notifications, and all else that a person's browser has. */
  isWhole?: boolean;
};

/** Starts a browser without a page. */
export function launchChromium({ isWhole = false } = {}): Promise<Browser> {
  const executablePath = isWhole || !existsSync(HEADLESS) ? WHOLE : HEADLESS;
  return chromium.launch({ executablePath, args: ARGUMENTS, timeout: TIMEOUT_MS });
}

/** A browser context with cookies of its own, as for another person. */
export async function openContext(
  browser: Browser,
  options: BrowserOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    isMobile: options.isTouched ?? false,
    hasTouch: options.isTouched ?? false,
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-US',
    timezoneId: options.timeZone ?? 'UTC',
    javaScriptEnabled: !options.hasNoScripts,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

/**
 * Opens a page that collects what must never happen: script errors, violations of the Content-Security-Policy,
 * requests to other hosts. `complaints` must be empty at the end of a test.
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
