import {
  FAULT_DEADLINE_MS,
  FAULT_MOST_BYTES,
  generationProviderConformance,
} from '@imprest/testkit/conformance';
import { OpenAiImagesStub, type ProviderFault, providerFaults } from '@imprest/testkit/providers';
import { flavourNames } from './flavours.js';
import { OpenAiImagesProvider } from './openai-images-provider.js';

/** Those of which each flavour speaks in its own words; the transport is the same for all. */
const SPOKEN: readonly ProviderFault[] = ['refused', 'broken', 'busy', 'unauthorized', 'duplicate'];

const HASTY = {
  ...{ workMs: FAULT_DEADLINE_MS, answerMs: FAULT_DEADLINE_MS },
  ...{ idleMs: FAULT_DEADLINE_MS, connectMs: FAULT_DEADLINE_MS },
};

for (const flavour of flavourNames) {
  generationProviderConformance(
    `openai-images with ${flavour}`,
    async () => {
      const stub = await OpenAiImagesStub.start(flavour);
      const options = {
        ...{ name: 'stub', url: stub.url, key: stub.key, flavour, imagesPerCall: 2, pollMs: 5 },
        mostFileBytes: FAULT_MOST_BYTES,
      };
      const provider = new OpenAiImagesProvider(options);
      const hasty = new OpenAiImagesProvider({ ...options, deadlines: HASTY });
      return {
        ...{ provider, hasty, stub, request: { model: stub.model } },
        clipTypes: flavour === 'sd-cpp' ? [] : ['video/mp4'],
        ...(flavour === 'openai' && { notDeterministic: 'the protocol has no seed' }),
        dispose: async () => {
          await provider.close();
          await hasty.close();
          await stub.close();
        },
      };
    },
    flavour === 'vllm-omni' ? providerFaults : SPOKEN,
  );
}
