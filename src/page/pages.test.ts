/** What the server knows of the web app's pages is what the app has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../config/config.ts';
import { PAGES } from './routes.ts';

const routes = readFileSync(join(PROJECT_FOLDER, 'web/src/routes.tsx'), 'utf8');

/** The path and the module of each page that is loaded when it is opened. */
const LOADED = routes
  .split('createRoute(')
  .map((route) => ({
    path: /path: '([^']+)'/.exec(route)?.[1] ?? '',
    module: /lazyRouteComponent\(\s*\(\) => import\('\.\/(pages\/[^']+)'\)/.exec(route)?.[1],
  }))
  .filter(({ module }) => module !== undefined);

/** Whatever its parameters are called. */
const withoutNames = (path: string) => path.replaceAll(/[:$]\w+/g, ':');
const preloadedAt = new Map(
  Object.entries(PAGES).map(([path, module]) => [withoutNames(path), module]),
);

test.each(LOADED)('$path comes with its module', ({ path, module }) => {
  expect(preloadedAt.get(withoutNames(path))).toBe(`src/${module}`);
});

test('every page of the server is one of the app, with a module that exists', () => {
  expect(LOADED.length).toBeGreaterThan(15);
  const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => withoutNames(path));
  expect(paths).toEqual(expect.arrayContaining(Object.keys(PAGES).map(withoutNames)));
  const isThere = (module: string) => existsSync(join(PROJECT_FOLDER, 'web', module));
  expect(Object.values(PAGES).filter((module) => !isThere(module))).toEqual([]);
});
