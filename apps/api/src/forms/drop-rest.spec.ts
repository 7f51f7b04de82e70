import { PassThrough, Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { dropRest } from './drop-rest.js';

test('waits until the last of it was sent', async () => {
  const body = new PassThrough();
  let over = false;
  const dropped = dropRest(body).then(() => {
    over = true;
  });
  body.write(Buffer.alloc(100_000));
  await new Promise(setImmediate);
  expect(over).toBe(false);
  body.end();
  await dropped;
});

test('has nothing to wait for when everything came, or the caller is gone', async () => {
  const read = Readable.from([Buffer.alloc(10)]);
  await read.toArray();
  await dropRest(read);
  const gone = new PassThrough();
  gone.destroy();
  await dropRest(gone);
});

test('gives up on whoever sends without end, or does not go on', async () => {
  const endless = new Readable({ read: () => endless.push(Buffer.alloc(1024 * 1024)) });
  await dropRest(endless);
  endless.destroy();
  vi.useFakeTimers();
  const silent = dropRest(new PassThrough());
  await vi.advanceTimersByTimeAsync(5_000);
  await silent;
  vi.useRealTimers();
});
