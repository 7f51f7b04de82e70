import { describe, expect, it } from 'vitest';
import { curlOf } from '../exchange/curl.ts';
import { initialValues } from './form-field.ts';
import { formOf } from './forms.ts';
import { generationIdOf } from './generation-id.ts';
import { imageModel } from './models.fixture.ts';
import { remixValues } from './remix.ts';
import { requestOf } from './request.ts';
import { seedsFrom } from './seeds.ts';

const asked = (
  dialect: 'xmode' | 'xenodia' | 'uncensored',
  values: Record<string, string | number>,
) => {
  const fields = formOf(dialect, imageModel, 'image');
  const all = { ...initialValues(fields), ...values };
  return { dialect, kind: 'image', model: 'scene-1', fields, values: all } as const;
};

describe('a request of the playground', () => {
  it('says what was filled in and leaves out what is usual', () => {
    const values = {
      prompt: 'a lake',
      endUserEmail: 'ada@example.com',
      references: ' https://a.example/1.png \n\n',
    };
    expect(requestOf(asked('xmode', values), 'run-1')).toEqual({
      method: 'POST',
      path: '/v1/generations',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'run-1' },
      body: {
        model: 'scene-1',
        prompt: 'a lake',
        endUserEmail: 'ada@example.com',
        references: ['https://a.example/1.png'],
      },
    });
  });

  it('nests what a dialect nests', () => {
    const values = { prompt: 'a lake', 'additional_settings.seed': 0, image_width: 512 };
    expect(requestOf(asked('uncensored', values), 'k').body).toEqual({
      model: 'scene-1',
      prompt: 'a lake',
      image_width: 512,
      additional_settings: { seed: 0 },
    });
  });

  it('asks for a task where the answer would come with the images only', () => {
    expect(requestOf(asked('xenodia', { prompt: 'a lake' }), 'k').body).toMatchObject({
      async: true,
    });
  });

  it('as a command quotes the prompt and names the key by a variable', () => {
    const request = requestOf(asked('uncensored', { prompt: "a fox's den" }), 'k');
    const command = curlOf(request, 'https://imprest.example.com', 'x-api-key');

    expect(command).toContain(`-H "x-api-key: $IMPREST_KEY"`);
    expect(command).toContain(`a fox'\\''s den`);
    expect(command).toMatch(/^curl -X POST 'https:\/\/imprest.example.com\/api\/v1\/images\/gen/);
  });
});

describe('what the playground reads', () => {
  it.each([
    [{ requestId: 'req_01h5z8k2m4n6p8r0t2v4x6y8z0' }, 'req_01h5z8k2m4n6p8r0t2v4x6y8z0'],
    [{ task_id: 'task_01h5z8k2m4n6p8r0t2v4x6y8z0' }, 'req_01h5z8k2m4n6p8r0t2v4x6y8z0'],
    [{ job_id: '00000000-0000-0000-0000-000000000001' }, 'req_00000000000000000000000004'],
    [{ created: 1, data: [] }, undefined],
    ['text', undefined],
  ])('is the generation of %j', (answer, id) => {
    expect(generationIdOf(answer)).toBe(id);
  });

  it('is a record to ask for again, without its model and deadlines', () => {
    const input = { prompt: 'a lake', model: 'scene-1', references: ['a', 'b'], n: 2, startBy: 60 };
    expect(remixValues({ input: input as never })).toEqual({
      prompt: 'a lake',
      references: 'a\nb',
      n: 2,
    });
  });

  it('are seeds one after the other', () => {
    expect(seedsFrom(7, 3)).toEqual([7, 8, 9]);
    expect(seedsFrom(4_294_967_295, 2)).toEqual([4_294_967_295, 0]);
  });
});
