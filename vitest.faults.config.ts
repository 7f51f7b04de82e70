import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: minutes of load, processes killed and engines cut off. Needs Kafka, see scripts/kafka. */
export default defineConfig({
  resolve: { conditions: ['development', 'node'] },
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: {
    reporters: ['verbose', './scripts/totals-reporter.mjs'],
    include: ['test/faults/**/*.faults-spec.ts'],
    fileParallelism: false,
    server: { deps: { inline: [/@imprest\//] } },
  },
});
