import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.js';
import { Lane } from './lane.js';

function grouped(
  limits: { maxBatchRows?: number; maxWaitingRows?: number } = {},
  commit?: (entries: readonly string[]) => Promise<readonly string[]>,
) {
  const batches: string[][] = [];
  const lane = new Lane();
  const group = new GroupCommit<string, string>('work queue test', lane, {
    commit: async (entries) => {
      batches.push([...entries]);
      return commit === undefined ? entries.map((entry) => entry.toUpperCase()) : commit(entries);
    },
    rowsOf: (entry) => entry.length,
    fits: (first, entry) => first[0] === entry[0],
    maxBatchRows: 6,
    maxWaitingRows: 100,
    ...limits,
  });
  return { group, lane, batches };
}

test('calls of one moment share a statement, each with its own answer', async () => {
  const { group, batches } = grouped();
  const answers = await Promise.all([group.submit('a'), group.submit('ab'), group.submit('abc')]);
  expect(answers).toEqual(['A', 'AB', 'ABC']);
  expect(batches).toEqual([['a', 'ab', 'abc']]);
});

test('calls that arrive while a statement runs are the next batch', async () => {
  let finish: () => void = () => undefined;
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { group, batches } = grouped({}, async (entries) => {
    await running;
    return entries;
  });
  const first = group.submit('a');
  await new Promise(setImmediate);
  const later = [group.submit('ab'), group.submit('ac')];
  finish();
  await Promise.all([first, ...later]);
  expect(batches).toEqual([['a'], ['ab', 'ac']]);
});

test('a full batch leaves the rest in order, and a call larger than a batch goes alone', async () => {
  const { group, batches } = grouped();
  await Promise.all(['aaa', 'aa', 'aaaa', 'a', 'aaaaaaaaa'].map((entry) => group.submit(entry)));
  expect(batches).toEqual([['aaa', 'aa'], ['aaaa', 'a'], ['aaaaaaaaa']]);
});

test('calls that do not fit together go in batches of their own', async () => {
  const { group, batches } = grouped();
  await Promise.all(['a1', 'b1', 'a2', 'b2', 'c1'].map((entry) => group.submit(entry)));
  expect(batches).toEqual([['a1', 'a2'], ['b1', 'b2'], ['c1']]);
});

test('a failed statement rejects the calls of its batch, and the next one goes on', async () => {
  const { group } = grouped({}, async (entries) => {
    if (entries.includes('bad')) throw new Error('refused');
    return entries;
  });
  const failed = await Promise.allSettled([group.submit('b'), group.submit('bad')]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await group.submit('b')).toBe('b');
});

test('calls beyond what may wait are turned away by name', async () => {
  const { group } = grouped({ maxWaitingRows: 4 });
  const kept = [group.submit('aaa'), group.submit('a')];
  await expect(group.submit('a')).rejects.toThrow(
    'work queue test is overloaded: 4 rows are waiting',
  );
  expect(await Promise.all(kept)).toEqual(['AAA', 'A']);
});

test('a lane runs the tasks of all groups one at a time and tells when it is idle', async () => {
  const lane = new Lane();
  const log: string[] = [];
  for (const name of ['a', 'b']) {
    lane.run(async () => {
      log.push(`${name} begins`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
    });
  }
  await lane.idle();
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  await lane.idle();
});
