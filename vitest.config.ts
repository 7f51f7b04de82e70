import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['development', 'node'] };
const shared = {
  resolve,
  // The packages' tsconfig files leave specs out, and with them the decorators of their examples.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  ssr: { resolve: { conditions: ['development', 'node'] } },
};
const inline = { deps: { inline: [/@imprest\//] } };

export default defineConfig({
  ...shared,
  test: {
    reporters: ['default', './scripts/totals-reporter.mjs'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{apps,libs,bench}/**/src/**/*.spec.ts', 'test/architecture/**/*.spec.ts'],
          exclude: ['**/*.int.spec.ts', '**/node_modules/**', '**/dist/**'],
          server: inline,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{apps,libs}/**/src/**/*.int.spec.ts', 'test/conformance/**/*.int.spec.ts'],
          globalSetup: ['test/support/shared-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          server: inline,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/{e2e,faults}/**/*.e2e-spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          server: inline,
        },
      },
    ],
  },
});
