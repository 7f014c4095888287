import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every page needs: fetched once, and kept as long as it stays the same. */
const FRAME = [
  /node_modules\/(react|react-dom|use-intl|openapi-fetch|@tanstack\/react-(router|query))\//,
  /web\/src\/(api|live|shell)\//,
  /web\/src\/texts\/(en|language|time-zone)/,
  /web\/src\/(design\/(button|notice|time|theme|toast)|devices\/(label|state-badge|type)|routers\/state)\.tsx?$/,
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
          groups: [
            // One file each instead of dozens of crumbs, each with a request of its own.
            { name: 'icons', test: /lucide-react/ },
            { name: 'frame', test: (id) => FRAME.some((part) => part.test(id)) },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8080', '/auth': 'http://localhost:8080' } },
});
