import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.PARTA_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: { '/api': api, '/oauth': api } },
  preview: { port: 4173, proxy: { '/api': api, '/oauth': api } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    // Inlined assets would be data: URLs, which the content security policy of the gateway does not allow for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
