import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { kafkaUnavailable } from './libs/testkit/src/kafka/kafka-jars.ts';
import { chromiumUnavailable } from './test/support/browser/chromium.ts';

const resolve = { conditions: ['development', 'node'] };
const shared = {
  resolve,
  // The packages' tsconfig files leave specs out, and with them the decorators of their examples.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  ssr: { resolve: { conditions: ['development', 'node'] } },
};
const inline = { deps: { inline: [/@imprest\//] } };

const kafkaMissing = kafkaUnavailable();
if (kafkaMissing) console.warn(`Tests with Kafka are left out: ${kafkaMissing}.`);

const chromiumMissing = chromiumUnavailable();
if (chromiumMissing) console.warn(`Tests in a browser are left out: ${chromiumMissing}.`);

/** The console in a real browser, where there is one. */
const browser = {
  ...shared,
  test: {
    name: 'console',
    include: ['test/console/**/*.browser-spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: inline,
  },
};

/** Against a real Kafka, where there is one: scripts/kafka/fetch brings it. */
const kafka = {
  ...shared,
  test: {
    name: 'kafka',
    include: ['{apps,libs}/**/src/**/*.kafka.spec.ts', 'test/{e2e,faults}/**/*.kafka.spec.ts'],
    globalSetup: ['test/support/shared-postgres.ts', 'test/support/shared-kafka.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    server: inline,
  },
};

/** The product's own suite, run in every mode in which the product can be deployed. */
const suite = (deploymentMode: string, globalSetup: string[] = []) => ({
  ...shared,
  test: {
    name: `e2e ${deploymentMode}`,
    include: ['test/suite/**/*.e2e-spec.ts'],
    provide: { deploymentMode },
    globalSetup,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: inline,
  },
});
/** Tests wait for databases and timers as much as they compute: two cores have room for two workers. */
const maxWorkers = Math.max(2, availableParallelism() - 1);
const sharedKafka = ['test/support/shared-kafka.ts'];

export default defineConfig({
  ...shared,
  test: {
    maxWorkers,
    reporters: ['default', './scripts/totals-reporter.mjs'],
    projects: [
      ...(kafkaMissing
        ? []
        : [kafka, suite('kafka', sharedKafka), suite('eventstoredb-kafka', sharedKafka)]),
      ...(chromiumMissing ? [] : [browser]),
      suite('embedded'),
      suite('split'),
      {
        ...shared,
        test: {
          name: 'unit',
          // Importing the packages for each file alone would take several times as long as its tests.
          isolate: false,
          include: ['{apps,libs,bench}/**/src/**/*.spec.ts', 'test/architecture/**/*.spec.ts'],
          exclude: ['**/*.{int,kafka}.spec.ts', '**/node_modules/**', '**/dist/**'],
          server: inline,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          isolate: false,
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
          server: inline,
        },
      },
    ],
  },
});
