/** What tests check on every page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Request } from 'playwright-core';

/** Opens one page after the other, and returns what `check` finds on each once it has loaded. */
export async function visitEach<Found>(
  page: Page,
  url: string,
  pages: readonly (readonly [name: string, path: string])[],
  check: () => Promise<Found>,
): Promise<Record<string, Found>> {
  const found: Record<string, Found> = {};
  const settled = watchRequests(page);
  for (const [name, path] of pages) {
    await page.goto(`${url}${path}`);
    await page.locator('h1, h2').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await settled();
    found[name] = await check();
  }
  return found;
}

/** Resolves, whenever it is called, once the page has all that it asked for, and shows it: what lives is there, too. */
function watchRequests(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  page.on('request', (request) => {
    // The stream of events never ends.
    if (!request.url().includes('/api/v1/events')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  page.on('framenavigated', () => open.clear());
  return async () => {
    // What was asked for next, after an answer, is waited for as well.
    for (let quiet = 0; quiet < 3; quiet = open.size === 0 ? quiet + 1 : 0) await nextFrame(page);
  };
}

/** By how much a page shifted while it loaded (cumulative layout shift). */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const shifts = list.getEntries().map((entry) => Number(Reflect.get(entry, 'value')));
          resolve(shifts.reduce((sum, shift) => sum + shift, 0));
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Without a shift the observer is never called.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
}

/** The violations that axe finds on a page once nothing moves or changes its colour any more. */
export async function violationsOf(page: Page): Promise<string[]> {
  let found = await violationsNow(page);
  for (let tries = 0; found.length > 0 && tries < 10; tries += 1) {
    await page.waitForTimeout(200);
    found = await violationsNow(page);
  }
  return found;
}

/** The page has no frames: without the legacy mode each check would open another page. */
async function violationsNow(page: Page): Promise<string[]> {
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

/** What is cut, lies over something else or is wider than the screen with text at twice its size (WCAG 1.4.4), and once the phone is turned. */
export async function lostWhenLarge(page: Page): Promise<string[]> {
  const before = new Set(await cutTexts(page));
  await setTextSize(page, '200%');
  const lostNow = async () => [
    ...(await cutTexts(page)).filter((text) => !before.has(text)),
    ...(await overlaps(page)),
    ...(await widthBeyond(page)),
  ];
  let lost = await lostNow();
  // A list measures its rows first: what it takes on a busy machine is nobody's loss.
  for (let tries = 0; lost.length > 0 && tries < 20; tries += 1) {
    await page.waitForTimeout(100);
    lost = await lostNow();
  }
  await setTextSize(page, '');
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const turned = { width: height, height: width };
  return [...lost, ...(await inSize(page, turned, () => widthBeyond(page)))];
}

/** What `check` finds once the page's window has another size, which it does not keep. */
export async function inSize<Found>(
  page: Page,
  size: { width: number; height: number },
  check: () => Promise<Found>,
): Promise<Found> {
  const before = page.viewportSize();
  if (before === null) throw new Error('The page has no size.');
  await page.setViewportSize(size);
  await nextFrame(page);
  const found = await check();
  await page.setViewportSize(before);
  return found;
}

/** As a browser does that makes the text larger, and nothing else. */
async function setTextSize(page: Page, size: string): Promise<void> {
  await page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize;
  }, size);
  await nextFrame(page);
}

function nextFrame(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** The texts that do not fit into their element, which hides what is beyond it. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, overflowY, clipPath } = getComputedStyle(element);
        if (clipPath !== 'none' || element.matches('select, input')) return false;
        const isHidden = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        const isWide = isHidden(overflowX) && element.scrollWidth > element.clientWidth + 1;
        const isHigh = isHidden(overflowY) && element.scrollHeight > element.clientHeight + 1;
        return (isWide || isHigh) && (element.textContent ?? '').trim() !== '';
      })
      .map((element) => `cut: ${element.className}: ${element.textContent.trim().slice(0, 40)}`),
  );
}

/** Pairs of texts of the page, and of its bar, of which one lies over the other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const areas = [...document.querySelectorAll('main, nav')];
    return areas.flatMap((area) => {
      const texts = [...area.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
        const own = [...element.childNodes].filter(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        if (own.length === 0 || !element.checkVisibility({ visibilityProperty: true })) return [];
        if (element.closest('.visually-hidden, option, [popover]')) return [];
        const range = document.createRange();
        const clips: DOMRect[] = [];
        for (let parent = element; parent !== area;) {
          const { overflow, clipPath } = getComputedStyle(parent);
          // For those who hear the page: nobody sees it.
          if (clipPath !== 'none') return [];
          if (overflow !== 'visible') clips.push(parent.getBoundingClientRect());
          if (parent.parentElement === null) break;
          parent = parent.parentElement;
        }
        return own.flatMap((node) => {
          range.selectNodeContents(node);
          return [...range.getClientRects()].map((box) => ({
            element,
            // What is cut anyway lies over nothing.
            box: {
              left: Math.max(box.left, ...clips.map(({ left }) => left)),
              right: Math.min(box.right, ...clips.map(({ right }) => right)),
              top: Math.max(box.top, ...clips.map(({ top }) => top)),
              bottom: Math.min(box.bottom, ...clips.map(({ bottom }) => bottom)),
            },
          }));
        });
      });
      return texts.flatMap(({ element, box }, index) =>
        texts.slice(index + 1).flatMap((other) => {
          if (other.element === element) return [];
          const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          // The lines of one text may touch.
          return width > 2 && height > 6
            ? [`over each other: ${element.textContent} / ${other.element.textContent}`]
            : [];
        }),
      );
    });
  });
}
