import { assetStoreConformance } from '@imprest/testkit/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { S3AssetStore } from './s3-asset-store.js';
import { type S3Service, startS3Service } from './s3-service.fixtures.js';

assetStoreConformance('s3', async () => {
  const service = await startS3Service();
  const store = await S3AssetStore.connect(service.options);
  return {
    store,
    timeResolutionMs: 1_000,
    dispose: async () => {
      store.close();
      await service.dispose();
    },
  };
});

describe('S3AssetStore on an S3 service', () => {
  let service: S3Service;
  beforeAll(async () => {
    service = await startS3Service();
  });
  afterAll(() => service.dispose());

  const inAnHour = () => new Date(Date.now() + 3_600_000);
  async function listed(store: S3AssetStore): Promise<number> {
    let count = 0;
    for await (const _ of store.listWrittenBefore(inAnHour())) count += 1;
    return count;
  }

  test('stores under different prefixes of one bucket do not see each other', async () => {
    const one = await S3AssetStore.connect({ ...service.options, prefix: '/one/' });
    const two = await S3AssetStore.connect({ ...service.options, prefix: 'two' });
    await one.put('asset', Buffer.from('of one'));

    expect(await two.size('asset')).toBeUndefined();
    expect(await listed(two)).toBe(0);
    expect(await listed(one)).toBe(1);
    one.close();
    two.close();
  });

  test('a bucket that does not exist is named when the store is opened', async () => {
    const opening = S3AssetStore.connect({ ...service.options, bucket: 'absent' });

    await expect(opening).rejects.toThrow(
      /^bucket absent at http:\/\/127\.0\.0\.1:\d+ did not list its blobs \(NoSuchBucket, HTTP 404\): the bucket does not exist$/,
    );
  });

  test('an unknown access key is told when the store is opened', async () => {
    const credentials = { accessKeyId: 'NOBODY', secretAccessKey: 'not-the-secret' };

    await expect(S3AssetStore.connect({ ...service.options, credentials })).rejects.toThrow(
      /\(InvalidAccessKeyId, HTTP 403\): the service does not know the access key id$/,
    );
  });
});
