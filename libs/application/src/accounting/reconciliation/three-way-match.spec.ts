import { exampleEvent, generationRequest, storedImage } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import type { GenerationView } from '../../generations/generation-view.js';
import type { MoneyOfGeneration } from '../../ports/reconciliation-books.js';
import { type GenerationEvidence, matchThreeWays } from './three-way-match.js';

const images = [storedImage(0), storedImage(2)];
const request = generationRequest();

const generation = {
  ...{ id: 'g1', tenantId: 't1', status: 'succeeded', erased: false, lost: [1], images },
  ...{ charged: '20', refunded: '10', finishedAt: '2026-01-15T09:00:00.000Z' },
  price: { ...request.price, images: 3, perImage: '10', total: '30' },
  lots: [
    { lotId: 'gift', tokens: '15' },
    { lotId: 'paid', tokens: '5' },
  ],
} as unknown as GenerationView;

const money: MoneyOfGeneration = {
  ...{ tenantId: 't1', held: 30n, closes: 1, released: 10n },
  captured: new Map([
    ['gift', 15n],
    ['paid', 5n],
  ]),
  refunded: new Map(),
};

const result = { ...exampleEvent('JobSucceeded').data, stored: images, lost: [1] };

const sound: GenerationEvidence = {
  ...{ generationId: 'g1', generation, money, job: { status: 'succeeded', result } },
  assets: images.map(({ assetId }) => ({ assetId, erased: false })),
  missingBlobs: new Set(),
};

const checksOf = (evidence: GenerationEvidence) =>
  matchThreeWays(evidence).map(({ check, assetId }) => [check, ...(assetId ? [assetId] : [])]);

const cancelled = {
  ...generation,
  ...{ status: 'cancelled', charged: '0', refunded: '30', images: [], lots: undefined },
} as GenerationView;
const released: MoneyOfGeneration = { ...money, captured: new Map(), released: 30n };

describe('jobs, ledger and assets agree', () => {
  test.each<[string, GenerationEvidence]>([
    ['of what was made in part', sound],
    [
      'of what was refunded later',
      { ...sound, money: { ...money, refunded: new Map([['gift', 15n]]) } },
    ],
    ['of what was cancelled', { ...sound, generation: cancelled, money: released, assets: [] }],
    [
      'of what was cancelled while its work came to an end',
      { ...sound, generation: cancelled, money: released },
    ],
    [
      'of what was cancelled before it was held',
      { ...sound, generation: cancelled, money: undefined, job: undefined, assets: [] },
    ],
    ['of what was erased', { ...sound, generation: { ...generation, erased: true }, assets: [] }],
    [
      'of images whose retention is over',
      {
        ...sound,
        assets: images.map(({ assetId }) => ({ assetId, erased: true })),
        missingBlobs: new Set(images.map(({ assetId }) => assetId)),
      },
    ],
    [
      'of a record made before it said which lots paid',
      { ...sound, generation: { ...generation, lots: [] } },
    ],
  ])('%s', (_what, evidence) => {
    expect(matchThreeWays(evidence)).toEqual([]);
  });
});

describe('each difference is found', () => {
  const [first] = images.map(({ assetId }) => assetId) as [string];
  test.each<[string, GenerationEvidence, (readonly string[])[]]>([
    ['money nobody asked for', { ...sound, generation: undefined }, [['moneyWithoutRequest']]],
    [
      'work nobody asked for',
      { ...sound, generation: undefined, money: undefined },
      [['workWithoutRequest']],
    ],
    [
      'an end that the generation does not know',
      { ...sound, generation: { ...generation, status: 'processing' } },
      [['notEnded']],
    ],
    [
      'a success without work',
      { ...sound, job: { status: 'deadLettered', result: null } },
      [['jobAndOutcomeDiffer']],
    ],
    [
      'a failure of work that succeeded',
      { ...sound, generation: { ...cancelled, status: 'failed' }, money: released },
      [['jobAndOutcomeDiffer']],
    ],
    [
      'another image than was made',
      {
        ...sound,
        job: {
          status: 'succeeded',
          result: { ...result, stored: [storedImage(0, { sha256: 'other' }), storedImage(2)] },
        },
      },
      [['imagesDiffer', first]],
    ],
    [
      'another charge than the images are worth',
      {
        ...sound,
        generation: { ...generation, charged: '30', refunded: '0', lots: undefined },
        money: { ...money, captured: new Map([['paid', 30n]]), released: 0n },
      },
      [['chargeAndImagesDiffer']],
    ],
    [
      'another charge than the ledger captured',
      { ...sound, money: { ...money, captured: new Map([['paid', 30n]]), released: 0n } },
      [['chargeAndLedgerDiffer']],
    ],
    [
      'other lots than the ledger captured from',
      { ...sound, money: { ...money, captured: new Map([['paid', 20n]]) } },
      [['lotsDiffer']],
    ],
    ['a charge without a hold', { ...sound, money: undefined }, [['chargedWithoutHold']]],
    ['a hold never closed', { ...sound, money: { ...money, closes: 0 } }, [['holdNotClosedOnce']]],
    ['a hold closed twice', { ...sound, money: { ...money, closes: 2 } }, [['holdNotClosedOnce']]],
    [
      'a refund of more than was captured',
      { ...sound, money: { ...money, refunded: new Map([['paid', 6n]]) } },
      [['refundedTooMuch']],
    ],
    [
      'an image not on record',
      { ...sound, assets: [] },
      images.map(({ assetId }) => ['imageNotOnRecord', assetId]),
    ],
    [
      'an image that the store lost',
      { ...sound, missingBlobs: new Set([first]) },
      [['imageMissing', first]],
    ],
  ])('%s', (_what, evidence, expected) => {
    expect(checksOf(evidence)).toEqual(expected);
    for (const { message } of matchThreeWays(evidence)) expect(message).toMatch(/\w/);
  });
});
