/** What tests check on every page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Opens one page after the other, and returns what `check` finds on each once it has loaded. */
export async function visitEach<Found>(
  page: Page,
  url: string,
  pages: readonly (readonly [name: string, path: string])[],
  check: () => Promise<Found>,
): Promise<Record<string, Found>> {
  const found: Record<string, Found> = {};
  for (const [name, path] of pages) {
    await page.goto(`${url}${path}`);
    await page.locator('h1, h2').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    found[name] = await check();
  }
  return found;
}

/** The violations that axe finds on a page, which has no frames: without the legacy mode each check would open another page. */
export async function violationsOf(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The elements that are wider than the screen. */
export function widthBeyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('main *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < 0 || right > clientWidth;
      })
      .map((element) => element.outerHTML.slice(0, 80));
  });
}
