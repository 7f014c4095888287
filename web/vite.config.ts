import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** The picker of devices, which only two pages have. */
const PICKER = /picker|combobox|virtualizer|listlayout/i;

/** react-aria's own words (for a screen reader) come in 34 languages; those of ours are enough. */
const SPOKEN = /^(en|de)-/;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), withoutLanguages()],
  build: {
    // Inlined files would be `data:` addresses, which the Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    target: 'es2022',
    // The map is for those who read it here, not for every browser.
    sourcemap: false,
    // Tells the server what a page is made of, so that it can say so in the document.
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files instead of dozens of crumbs, each with a request of its own: what the first page is made of,
          // what every page fetches after that, and what the others have in common beside it.
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 2 },
            { name: 'toasts', test: /toast-region/, priority: 1 },
            { name: 'controls', test: (id) => !PICKER.test(id), minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8080', '/auth': 'http://localhost:8080' } },
});

/** Puts English in place of the words of react-aria that nobody is to read: one copy, whatever language asks for it. */
function withoutLanguages(): Plugin {
  const words = /react-aria\/dist\/private\/intl\/.+\/([\w-]+)\.mjs$/;
  return {
    name: 'without-languages',
    load(id) {
      const [, language] = words.exec(id) ?? [];
      return language === undefined || SPOKEN.test(language)
        ? undefined
        : "export { default } from './en-US.mjs';";
    },
  };
}
