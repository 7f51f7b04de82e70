import type { ModelCatalogue } from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import { imageModel } from '@imprest/testkit';
import { describe, expect, it } from 'vitest';
import { renderUncensoredError } from './errors.js';
import { toAcceptedJob, toCompletedImage, toInput } from './mapping.js';
import type { ImageBody } from './requests.js';

const tiers = { medium: 5n, high: 8n };
const flat = { perImage: { custom: 10n } };
const varied = { ...flat, perResolution: { '1k': tiers, '2k': tiers, '4k': tiers } };

function catalogue(...aliases: readonly string[]): ModelCatalogue {
  const prices = aliases.map((alias) => [alias, alias === 'model-dev' ? varied : flat]);
  return {
    aliases,
    resolve: (alias = aliases[0]!) => (aliases.includes(alias) ? imageModel({ alias }) : undefined),
    priceBook: { version: '1', models: Object.fromEntries(prices) },
  };
}

const models = catalogue('xSD4.5', 'model-dev');
const input = (body: Partial<ImageBody>, sold = models) =>
  toInput({ prompt: 'A paper boat', ...body }, 'ada@example.com', sold);

describe('a request', () => {
  it('is of a square of 1,024 pixels and medium quality unless it says otherwise', () => {
    expect(input({})).toMatchObject({
      model: 'model-dev',
      pixels: { width: 1024, height: 1024, sizeClass: 'custom' },
      detail: { resolution: '1k', quality: 'medium' },
      references: [],
      webhookUrl: null,
    });
  });

  it('means the same with null for what it leaves out', () => {
    const nothing = { model: null, image_width: null, image_height: null, callback_url: null };
    const none = { resolution: null, quality: null, additional_settings: null, user: null };
    expect(input({ ...nothing, ...none })).toEqual(input({}));
  });

  it('goes to the operator’s default where model-dev is not sold', () => {
    expect(input({}, catalogue('landscape-1')).model).toBe('landscape-1');
  });

  it('for a model that is not sold is refused', () => {
    expect(() => input({ model: 'other' })).toThrow('model must be one of xSD4.5, model-dev');
  });

  it.each([
    [{ image_width: 512 }, 512, 1024, '1k'],
    [{ image_width: 2048, image_height: 256 }, 2048, 256, '2k'],
    [{ image_width: 2048, resolution: '1k' }, 2048, 1024, '2k'],
    [{ image_width: 512, resolution: '4k' }, 512, 1024, '4k'],
    [{ resolution: '2k' }, 2048, 2048, '2k'],
    [{ resolution: '4k' }, 4096, 4096, '4k'],
    [{ resolution: '8k' }, 1024, 1024, '8k'],
    [{ model: 'xSD4.5', resolution: '4k' }, 1024, 1024, '4k'],
  ] as const)('%j is %d by %d at the price of %s', (body, width, height, resolution) => {
    expect(input(body)).toMatchObject({ pixels: { width, height }, detail: { resolution } });
  });

  it('passes on the settings that models here have', () => {
    const additional_settings = { seed: 7, guidance_scale: 3, watermark: true };
    expect(input({ additional_settings })).toMatchObject({
      seed: 7,
      guidanceScale: 3,
      watermark: true,
    });
  });
});

describe('an answer', () => {
  const id = 'req_01kf0abt7y8c9d1q5f6g7h8j9m';

  it('of 202 says where to look', () => {
    const baseUrl = 'https://imprest.example.com';
    const accepted = { id, createdAt: '2026-01-15T09:00:00.000Z', baseUrl, price: { total: '5' } };
    const answer = toAcceptedJob(accepted, null);
    expect(answer).toMatchObject({ status: 'processing', cost: { tokens: 5, refunded: 0 } });
    expect(answer.status_url).toBe(`${baseUrl}/api/v1/images/generation/jobs/${answer.job_id}`);
  });

  it('of 200 is the image', () => {
    const job = {
      job_id: 'j',
      status: 'completed',
      image_url: 'https://imprest.example.com/assets/1',
      model: 'model-dev',
      created_at: '',
      completed_at: '',
      generation_time: 4.2,
      cost: { tokens: 5, refunded: 0 },
    } as const;
    expect(JSON.stringify(toCompletedImage(job))).toBe(
      '{"job_id":"j","status":"completed","url":"https://imprest.example.com/assets/1",' +
        '"generation_time":4.2,"model":"model-dev","cost":{"tokens":5,"refunded":0}}',
    );
  });
});

describe('an error', () => {
  it.each([
    ['webhookUrl', 'callback_url'],
    ['endUserEmail', 'user'],
    ['size', 'image_width'],
    ['quality', 'quality'],
  ])('about %s is about %s here', (field, name) => {
    expect(renderUncensoredError(validationError(field, 'is wrong'), 'r1').body).toEqual({
      error: {
        code: 'validation_error',
        message: `${name} is wrong`,
        field: name,
        request_id: 'r1',
      },
    });
  });

  it('tells its facts in snake case', () => {
    const error = domainError('rate_limited', 'slow down', { details: { retryAfter: 21 } });
    expect(renderUncensoredError(error, 'r1').body).toMatchObject({ error: { retry_after: 21 } });
  });
});
