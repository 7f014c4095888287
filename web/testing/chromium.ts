/** A real Chromium, driven by Playwright, for the tests of the web app. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** Debian's; CHROMIUM names another. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Look = {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  locale?: string;
};

/** A browser of its own, with its own cookies; closed after the test. */
export async function openChromium(look: Look = {}): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'netpilot-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    args: ARGUMENTS,
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.colorScheme ?? 'light',
    locale: look.locale ?? 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  onTestFinished(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
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
