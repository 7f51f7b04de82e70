import {
  type FileHandle,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assetStoreConformance } from '@imprest/testkit/conformance';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { blobPath } from './blob-path.js';
import { AssetStoreFull, FilesAssetStore } from './files-asset-store.js';

const temporaryDirectory = () => mkdtemp(join(tmpdir(), 'imprest-assets-'));

assetStoreConformance('files', async () => {
  const directory = await temporaryDirectory();
  return {
    store: await FilesAssetStore.open({ directory }),
    dispose: () => rm(directory, { recursive: true }),
  };
});

describe('FilesAssetStore', () => {
  let directory: string;
  let store: FilesAssetStore;

  beforeEach(async () => {
    directory = join(await temporaryDirectory(), 'assets');
    store = await FilesAssetStore.open({ directory });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(dirname(directory), { recursive: true });
  });

  test('directories are for the owner alone, and so are files', async () => {
    await store.put('asset', Buffer.from('x'));
    const { shard, file } = blobPath(directory, 'asset');
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await mode(directory)).toBe(0o700);
    expect(await mode(shard)).toBe(0o700);
    expect(await mode(file)).toBe(0o600);
  });

  test('another instance on the directory reads what this one wrote', async () => {
    await store.put('asset', Buffer.from('content'));
    const other = await FilesAssetStore.open({ directory });
    expect(Buffer.from(await other.read('asset')).toString()).toBe('content');
  });

  test('given leftovers of crashed writers, opening removes the old ones only', async () => {
    const temporary = join(directory, 'tmp');
    await writeFile(join(temporary, 'old'), 'x');
    await writeFile(join(temporary, 'young'), 'x');
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    await utimes(join(temporary, 'old'), twoHoursAgo, twoHoursAgo);

    await FilesAssetStore.open({ directory });

    expect(await readdir(temporary)).toEqual(['young']);
  });

  test('given a full disk, put says so, keeps the old blob and leaves nothing behind', async () => {
    await store.put('asset', Buffer.from('old'));
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    vi.spyOn(await fileHandlePrototype(), 'writeFile').mockRejectedValue(full);

    const put = store.put('asset', Buffer.from('new'));

    await expect(put).rejects.toThrow(AssetStoreFull);
    await expect(put).rejects.toThrow(/no space left in .* for asset asset/);
    expect(Buffer.from(await store.read('asset')).toString()).toBe('old');
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  test('any other failure is passed on as it is', async () => {
    const broken = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    vi.spyOn(await fileHandlePrototype(), 'sync').mockRejectedValue(broken);
    await expect(store.put('asset', Buffer.from('new'))).rejects.toBe(broken);
    expect(await store.size('asset')).toBeUndefined();
  });

  test('files that are no blobs are not listed', async () => {
    await store.put('asset', Buffer.from('x'));
    const { shard } = blobPath(directory, 'asset');
    await writeFile(join(shard, 'README'), 'x');
    await writeFile(join(directory, 'README'), 'x');
    const listed: string[] = [];
    for await (const id of store.listWrittenBefore(new Date(Date.now() + 60_000))) listed.push(id);
    expect(listed).toEqual(['asset']);
  });

  test('a link in place of a blob is not followed', async () => {
    await store.put('asset', Buffer.from('x'));
    const { file } = blobPath(directory, 'asset');
    const outside = join(dirname(directory), 'outside');
    await writeFile(outside, 'not an asset');
    await rm(file);
    await symlink(outside, file);
    await expect(store.read('asset')).rejects.toThrow(/ELOOP/);
  });
});

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(process.execPath, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}
