import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.BIHUAN_API ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy forbids inline scripts, and every browser we support preloads modules itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What every page needs comes in few files instead of many small ones.
        codeSplitting: {
          groups: [
            {
              name: 'console',
              test: /admin\/src\/(api|layout|session|theme|i18n\/[^/]+\.tsx?|ui\/(Page|Panel|Tag|Ring|Empty|ProblemAlert|SearchField|TimeLeft|Mark|hidden))/,
            },
          ],
        },
      },
    },
  },
  // The host stays ours: the API refuses changes that come from another origin.
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
});
