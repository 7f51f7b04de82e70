import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoadAtMost } from './build/first-load.ts';
import { precompressed } from './build/precompressed.ts';

/** Where `npm run dev` sends what the API answers. */
const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

export default defineConfig({
  base: '/console/',
  plugins: [react(), firstLoadAtMost(300), precompressed()],
  // A strict policy allows no inline script, nor images and fonts as data.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false },
  server: { proxy: { '/console/api': api, '/assets': api } },
});
