import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Ports with a suite, and every adapter that has to pass it. */
const bindings: Readonly<Record<string, readonly string[]>> = {
  eventStoreConformance: [
    'libs/event-store-postgres',
    'libs/event-store-eventstoredb',
    'libs/testkit',
  ],
  checkpointStoreConformance: ['libs/read-models'],
  snapshotStoreConformance: ['libs/read-models', 'libs/testkit'],
  parkedStreamsConformance: ['libs/read-models', 'libs/testkit'],
  messageBusConformance: ['libs/message-bus-direct', 'libs/message-bus-kafka'],
  workQueueConformance: ['libs/work-queue-postgres'],
  dataKeysConformance: ['libs/data-keys-postgres', 'libs/testkit'],
  assetStoreConformance: ['libs/asset-store-files', 'libs/asset-store-s3', 'libs/testkit'],
  moderatorConformance: ['libs/moderator-local-rules'],
  paymentProviderConformance: ['libs/payment-btcpay', 'libs/payment-manual', 'libs/payment-stripe'],
  generationProviderConformance: [
    'libs/provider-simulator',
    'libs/provider-openai-images',
    'libs/provider-comfyui',
    'libs/provider-cog',
  ],
  previewStoreConformance: ['libs/previews-postgres', 'libs/testkit'],
  rateLimitsConformance: ['libs/rate-limits-postgres', 'libs/testkit'],
  endpointTrafficConformance: ['libs/endpoint-traffic-postgres', 'libs/testkit'],
  identityStoreConformance: ['libs/identity-postgres', 'libs/testkit'],
  workerRegistryConformance: ['libs/worker-registry-postgres', 'libs/testkit'],
};

function specsOf(folder: string): string {
  return readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(root, folder, 'src', file), 'utf8'))
    .join('\n');
}

describe('conformance suites', () => {
  it('are all listed here', () => {
    const folder = join(root, 'libs/testkit/src/conformance');
    const suites = readdirSync(folder, { encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
      .flatMap(
        (file) =>
          readFileSync(join(folder, file), 'utf8').match(/(?<=export function )\w+Conformance/g) ??
          [],
      );
    expect(Object.keys(bindings).sort()).toEqual(suites.sort());
  });

  it.each(Object.entries(bindings))('%s is bound by every adapter', (suite, adapters) => {
    for (const adapter of adapters) expect(specsOf(adapter), adapter).toContain(`${suite}(`);
  });
});
