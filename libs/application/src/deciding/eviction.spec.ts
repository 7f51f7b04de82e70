import { byTest, decidingProcess, gate, grantTokens, openAccount } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { tokenAccountStream } from './stream-types.js';

const CAPACITY = 20;

function smallProcess() {
  const process = decidingProcess({ capacity: CAPACITY });
  let grants = 0;
  const grant = (tenant: string) => {
    grants += 1;
    return process.runner.run(tokenAccountStream, tenant, grantTokens(`lot_${grants}`, 1n), byTest);
  };
  const visit = async (count: number, prefix: string) => {
    for (let n = 0; n < count; n += 1) {
      await process.runner.read(tokenAccountStream, `${prefix}_${n}`, ({ opened }) => opened);
    }
  };
  return { ...process, grant, visit };
}

test('a stream that is not used any more is dropped, and read again when it is', async () => {
  const { runner, store, grant, visit } = smallProcess();
  await openAccount(runner, 0n, 'early');
  await visit(3 * CAPACITY, 'other');
  const before = store.reads;
  expect(await grant('early')).toMatchObject({ kind: 'accepted', revision: 1 });
  expect(store.reads - before).toBe(1);
});

test('a stream in frequent use stays, however many others come by once', async () => {
  const { runner, store, grant, visit } = smallProcess();
  await openAccount(runner, 0n, 'hot');
  for (let round = 0; round < 30; round += 1) {
    await grant('hot');
    await grant('hot');
    await visit(CAPACITY / 2, `round_${round}`);
  }
  const before = store.reads;
  await grant('hot');
  expect(store.reads).toBe(before);
});

test('a busy stream stays, so that nobody races against it in the same process', async () => {
  const { runner, store, grant, visit } = smallProcess();
  await openAccount(runner, 0n, 'busy');
  const finish = gate();
  store.beforeAppend = () => finish.opened;
  const first = grant('busy');
  await visit(3 * CAPACITY, 'other');
  const second = grant('busy');
  finish.open();
  expect(await Promise.all([first, second])).toMatchObject([{ revision: 1 }, { revision: 2 }]);
  expect(store.conflicts).toBe(0);
});
