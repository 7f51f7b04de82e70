import { type GenerationParameters, type GenerationRequested, noDeadlines } from '@imprest/domain';
import { apiKeyId, dataKeyId, endUserId, sha256, tenantId } from './identifiers.js';
import { priceQuote } from './price-quote.js';

export function generationParameters(
  overrides: Partial<GenerationParameters> = {},
): GenerationParameters {
  return {
    width: 2560,
    height: 1440,
    size: '2K',
    aspectRatio: 'landscape',
    images: 1,
    sequential: false,
    seed: 20260115,
    watermark: false,
    guidanceScale: 7.5,
    responseFormat: 'url',
    referencesCount: 0,
    video: null,
    ...overrides,
  };
}

/** Data of GenerationRequested; asks for as many images as the price counts. */
export function generationRequest(
  overrides: Partial<GenerationRequested['data']> = {},
): GenerationRequested['data'] {
  const price = overrides.price ?? priceQuote();
  return {
    tenantId,
    apiKeyId,
    dialect: 'xmode',
    endUserId,
    parameters: generationParameters({ images: price.images }),
    price,
    fingerprint: sha256,
    confidential: 'v1.bW91bnRhaW4gbGFrZSBhdCBzdW5yaXNlLCBzZWFsZWQ=',
    dataKeyId,
    webhook: true,
    baseUrl: 'https://images.example.com',
    deadlines: noDeadlines,
    redriveOf: null,
    ...overrides,
  };
}
