/** What is looked at on every page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Opens one page after the other, and gives what `look` finds on each once all of it is there. */
export async function lookAtEach<Found>(
  page: Page,
  url: string,
  places: readonly (readonly [name: string, path: string])[],
  look: () => Promise<Found>,
): Promise<Record<string, Found>> {
  const found: Record<string, Found> = {};
  for (const [name, path] of places) {
    await page.goto(`${url}${path}`);
    await page.locator('h1, h2').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    found[name] = await look();
  }
  return found;
}

/** What axe has against a page, which has no frames: without the legacy mode each look would cost another page. */
export async function violationsOf(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** What reaches beyond the screen. */
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
