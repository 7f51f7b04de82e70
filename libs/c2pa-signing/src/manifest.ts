import type { ProvenanceFacts } from '@imprest/application';

const SOURCE_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype';

/** What is said of a file, as c2pa-rs takes it: it was created, by a model, with or without pictures of others. */
export function manifestOf({ model, assetId, compositeWithReferences }: ProvenanceFacts): string {
  const source = compositeWithReferences
    ? 'compositeWithTrainedAlgorithmicMedia'
    : 'trainedAlgorithmicMedia';
  const created = {
    action: 'c2pa.created',
    digitalSourceType: `${SOURCE_TYPES}/${source}`,
    softwareAgent: { name: `Imprest, model ${model}` },
  };
  return JSON.stringify({
    claim_generator_info: [{ name: 'Imprest' }],
    title: assetId,
    assertions: [{ label: 'c2pa.actions.v2', data: { actions: [created] } }],
  });
}
