import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import compile from 'icu-minify/compile';
import { type Plugin, defineConfig, transformWithOxc } from 'vite';
import { guidePages } from './guide-pages.ts';
import { isLanguage } from './src/texts/language.ts';

/** What the home page fetches once it is there, besides the library of charts: without the controls of other pages. */
const LATER =
  /pages\/activity\/(?!page)|src\/live\/(live-)?rates|usage-queries|design\/(line|bytes|duration|strip|bars)\.|infinite-?query/i;

/** The picker of devices, which only two pages have. */
const PICKER = /picker|combobox|virtualizer|listlayout/i;

export default defineConfig(({ isSsrBuild }) => ({
  root: import.meta.dirname,
  plugins: [
    react(),
    guidePages(),
    pushWorker(),
    withoutLanguages(),
    withCompiledTexts(),
    compiledBesideThePage(),
  ],
  build: {
    // Inlined files would be `data:` addresses, which the Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    target: 'es2022',
    // The map is for those who read it here, not for every browser.
    sourcemap: false,
    // Tells the server what a page is made of, so that it can say so in the document.
    manifest: !isSsrBuild,
    // Which packages became part of the files, with their licenses: a release lists them (deploy/release/components.ts).
    license: !isSsrBuild && { fileName: '.vite/licenses.json' },
    copyPublicDir: !isSsrBuild,
    // Every browser that `target` allows knows such links by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: isSsrBuild || {
          // Few files instead of dozens of crumbs, each with a request of its own: what the first page is made of,
          // what every page fetches after that, and what the others have in common beside it.
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: 'frame', tags: ['$initial'], priority: 2 },
            { name: 'toasts', test: /toast-region/, priority: 1 },
            { name: 'chart', test: /uplot|design\/chart/, priority: 1 },
            { name: 'later', test: LATER, minShareCount: 2, priority: 1 },
            { name: 'controls', test: (id) => !PICKER.test(id), minShareCount: 2 },
          ],
        },
      },
    },
  },
  // What the server renders with is part of the build: nothing else of it has React.
  ssr: { noExternal: true },
  server: { proxy: { '/api': 'http://localhost:8080', '/auth': 'http://localhost:8080' } },
}));

/** The service worker has a name that never changes, and no part of it is another file's: its types are taken out, and that is all. */
function pushWorker(): Plugin {
  return {
    name: 'push-worker',
    apply: (_config, { isSsrBuild }) => isSsrBuild !== true,
    async buildStart() {
      const file = join(import.meta.dirname, 'worker/push-worker.ts');
      this.addWatchFile(file);
      this.emitFile({
        type: 'asset',
        fileName: 'push-worker.js',
        source: (await transformWithOxc(await readFile(file, 'utf8'), file)).code,
      });
    },
  };
}

/** react-aria's own words (for a screen reader) come in 34 languages: English stands for those that we do not have. */
function withoutLanguages(): Plugin {
  const words = /react-aria\/dist\/private\/intl\/.+\/([\w-]+)\.mjs$/;
  return {
    name: 'without-languages',
    load(id) {
      const [, language] = words.exec(id) ?? [];
      return language === undefined || isLanguage(language.slice(0, 2))
        ? undefined
        : "export { default } from './en-US.mjs';";
    },
  };
}

/** ICU MessageFormat is parsed here rather than in every browser, which gets only what fills the texts in. */
function withCompiledTexts(): Plugin {
  return {
    name: 'with-compiled-texts',
    apply: 'build',
    config: () => ({
      resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
    }),
    async load(id) {
      const [, language = ''] = /src\/texts\/(\w+)\.ts$/.exec(id) ?? [];
      if (!isLanguage(language)) return undefined;
      const { [language]: texts }: Record<string, Texts | undefined> = await import(id);
      if (texts === undefined) throw new Error(`${id} is to export \`${language}\`.`);
      return `export const ${language} = ${JSON.stringify(compileAll(texts))};`;
    },
  };
}

type Texts = { readonly [name: string]: string | Texts };

function compileAll(texts: Texts): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'string' ? compile(text) : compileAll(text),
    ]),
  );
}

/**
 * Has Chromium compile a file while it is fetched, in a thread beside the page, rather than each function in the page as
 * it is first called: https://v8.dev/blog/explicit-compile-hints
 */
function compiledBesideThePage(): Plugin {
  return {
    name: 'compiled-beside-the-page',
    generateBundle: {
      // After what Vite itself puts first: the hint has to be the file's first line.
      order: 'post',
      handler(_options, files) {
        for (const file of Object.values(files))
          if (file.type === 'chunk') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      },
    },
  };
}
