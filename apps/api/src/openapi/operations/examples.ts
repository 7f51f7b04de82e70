const prompt = 'Sunrise over a mountain lake, mist on the water';
const endUserEmail = 'ada@example.com';
const requestId = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';
const createdAt = '2026-11-20T09:30:00.000Z';
const common = { requestId, model: 'xSD4.5' };
const asked = { prompt, referencesCount: 0, endUserEmail, createdAt };

export const minimalBody = { endUserEmail, prompt };

export const fullBody = {
  endUserEmail,
  prompt: 'A ceramic teapot on a linen cloth in the light of image_1',
  model: 'xSD4.5',
  references: ['https://images.example.com/window-light.jpg'],
  size: '4K',
  aspectRatio: 'landscape',
  n: 2,
  seed: 4_200,
  guidanceScale: 7.5,
  webhookUrl: 'https://shop.example.com/hooks/imprest',
};

export const videoBody = {
  endUserEmail,
  model: 'motion-draft',
  sourceRequestId: requestId,
  prompt: 'zoom in slowly',
  duration: 3,
};

export const receipt = {
  ...common,
  status: 'queued',
  ...asked,
  pollUrl: `https://imprest.example.com/v1/generations/${requestId}`,
};

export const record = {
  ...common,
  status: 'succeeded',
  ...asked,
  finishedAt: '2026-11-20T09:30:04.210Z',
  input: {
    endUserEmail,
    prompt,
    model: 'xSD4.5',
    references: [],
    size: '2K',
    aspectRatio: 'auto',
    n: 1,
    seed: 2_718_281_828,
    watermark: false,
    guidanceScale: 7.5,
    responseFormat: 'url',
    sequential: 'disabled',
  },
  images: [
    {
      id: 'img_01h5z8k6q8s0t2v4w6x8y0z2a4',
      expiresAt: '2026-11-21T08:30:04.210Z',
      url: 'https://imprest.example.com/assets/img_01h5z8k6q8s0t2v4w6x8y0z2a4?exp=1795249804&kid=k1&sig=Zm9yIGV4YW1wbGU',
      thumbnailUrl:
        'https://imprest.example.com/assets/thm_01h5z8k6q8s0t2v4w6x8y0z2a4?exp=1795249804&kid=k1&sig=Zm9yIGV4YW1wbGU',
      sha256: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
    },
  ],
  cost: { xTokens: 10, refunded: 0, lots: [{ lotId: 'demo_welcome', tokens: 10 }] },
};

export const estimate = {
  model: 'xSD4.5',
  size: '4K',
  images: 2,
  xTokensPerImage: 10,
  xTokens: 20,
  priceBookVersion: '2026-11',
};

export const balance = {
  xTokens: 990,
  available: 990,
  held: 10,
  purchased: 0,
  promotional: 990,
  frozen: false,
};

export const endUser = {
  endUserEmail,
  generations: 12,
  succeeded: 11,
  failed: 1,
  refusedPrompts: 0,
  xTokensSpent: 110,
  firstSeen: '2026-11-02T08:00:00.000Z',
  lastSeen: createdAt,
  state: 'active',
};

export const progressStream = `id: 4211
event: queued
data: {}

id: 4215
event: started
data: {"attempt":1}

id: 4216
event: progress
data: {"progress":0.5}

event: preview
data: {"index":0,"step":10,"of":20,"width":512,"height":288,"url":"data:image/webp;base64,UklGRg…"}

id: 4221
event: succeeded
data: {"requestId":"${requestId}","status":"succeeded", …}

`;
