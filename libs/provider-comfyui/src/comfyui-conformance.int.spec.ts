import {
  FAULT_DEADLINE_MS,
  FAULT_MOST_BYTES,
  generationProviderConformance,
} from '@imprest/testkit/conformance';
import { ComfyuiStub, providerFaults } from '@imprest/testkit/providers';
import { ComfyuiProvider } from './comfyui-provider.js';
import { exampleModels, generations } from './example-models.fixtures.js';

for (const generation of generations) {
  // A server refuses workflows alone, and those are the operator's.
  const faults = providerFaults.filter((fault) => fault !== 'refused');
  generationProviderConformance(
    `ComfyUI, generation ${generation}`,
    async () => {
      const stub = await ComfyuiStub.start(generation);
      const provider = new ComfyuiProvider({
        // A run takes milliseconds here; on a busy machine, it may take a hundred times as long.
        ...{ url: stub.url, models: exampleModels, runMs: 2_000, mostFileBytes: FAULT_MOST_BYTES },
        deadlines: { connectMs: 1_000, answerMs: 1_000, idleMs: FAULT_DEADLINE_MS },
        follow: { pollMs: 10, slowPollMs: 50, lostMs: FAULT_DEADLINE_MS },
      });
      const dispose = async () => {
        await provider.close();
        await stub.close();
      };
      return { provider, dispose, stub };
    },
    generation === 'jobs' ? faults : [],
  );
}
