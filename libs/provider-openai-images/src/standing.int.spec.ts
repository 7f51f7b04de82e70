import { OpenAiImagesStub } from '@imprest/testkit/providers';
import { expect, it } from 'vitest';
import { flavourNames } from './flavours.js';
import { OpenAiImagesProvider } from './openai-images-provider.js';

const { signal } = new AbortController();

it.each(flavourNames)('%s says that it is ready, and with which models', async (flavour) => {
  const stub = await OpenAiImagesStub.start(flavour);
  const { url, key, model } = stub;
  const provider = new OpenAiImagesProvider({ name: 'gpu', url: `${url}/v1/`, key, flavour });
  const models = flavour === 'sd-cpp' ? [] : [{ name: model, loaded: true }];

  expect(await provider.standing(signal)).toEqual({ ready: true, detail: 'it answers', models });
  stub.inject('unauthorized');
  await expect(provider.standing(signal)).rejects.toMatchObject({
    failureClass: 'infrastructure',
    message: expect.stringContaining('gpu GET /v1/models: answered 401'),
  });
  await provider.close();
  await stub.close();
});
