/** Cut to the first item of each list: a whole proof has every record of the generation. */
export const chargeProof = {
  format: 'imprest-charge-proof',
  version: 1,
  charge: {
    generationId: 'req_01h5z8k2m4n6p8r0t2v4x6y8z0',
    tenantId: 'studio',
    requestedAt: '2026-11-20T17:07:22.038Z',
    price: { priceBookVersion: '2026-11', model: 'xSD4.5', images: 1, perImage: '10', total: '10' },
    outcome: 'succeeded',
    endedAt: '2026-11-20T17:07:25.300Z',
    charged: '10',
    hold: 'settled',
    held: '10',
    captured: '10',
    released: '0',
    refunded: '0',
    lots: [
      {
        lotId: 'welcome_studio',
        kind: 'promotional',
        held: '10',
        captured: '10',
        released: '0',
        refunded: '0',
        price: null,
      },
    ],
    attempts: [
      {
        attempt: 1,
        workerId: 'built-in-8606',
        leasedAt: '2026-11-20T17:07:22.177Z',
        failure: null,
      },
    ],
    deliveries: [],
    images: [
      {
        index: 0,
        mediaType: 'image/png',
        bytes: 4_812_377,
        sha256: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
      },
    ],
  },
  records: [
    {
      event: {
        position: '9',
        stream: 'tokenAccount-studio',
        revision: 1,
        eventId: '01a1f9ed-3398-797f-9fb1-b2c67ef4473c',
        type: 'TokensGranted',
        version: 1,
        recordedAt: '2026-11-20T17:07:14.463Z',
        data: '{"lotId":"welcome_studio","tokens":"10000","reason":"test","expiresAt":null}',
        metadata:
          '{"correlationId":"087fa6456d95-4","causationId":"087fa6456d95-4","occurredAt":"2026-11-20T17:07:14.456Z","actor":{"kind":"operator","id":"admin-key"}}',
      },
      entry: {
        tenantId: 'studio',
        revision: 1,
        eventId: '01a1f9ed-3398-797f-9fb1-b2c67ef4473c',
        type: 'TokensGranted',
        generationId: null,
        happenedAt: '2026-11-20T17:07:14.456Z',
        knownAt: '2026-11-20T17:07:14.463Z',
        postings: [
          { account: 'promotional-issued', lotId: 'welcome_studio', tokens: '10000', money: null },
        ],
      },
      previous: '52828cc895aa0f316947dafe4ff9b85c800755a63836b8b1eedb7c0bd4332854',
      leaf: 'c389899a7b7cb2d0bab648a88bc468064d3804f7243b8874534a6343287ebe26',
      inclusion: null,
    },
  ],
  chainHead: {
    tenantId: 'studio',
    revision: 15,
    leaf: 'a7b76963f1eeb1adfd9dacfde629beabfe64eb81fc1dc2046513dec9ed8b2973',
  },
  keys: [],
  seals: [],
};

export const sealKeys = {
  keys: [
    {
      keyId: '5f2d8c1b7a9e4036b1c2d3e4f5a60718',
      publicKey: '3PzK0Wc6yC4m3x1o7Wb6d9cV0o2rYp8sQm5nLk4Jh2E=',
      previousKeyId: null,
      endorsement: null,
      introducedAt: '2026-11-20T00:05:00.000Z',
      reason: 'first key',
    },
  ],
  lastSeal: null,
};
