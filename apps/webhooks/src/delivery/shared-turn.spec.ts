import { expect, test } from 'vitest';
import { SharedTurn } from './shared-turn.js';

test('whoever comes within the time goes on together, and who comes later has a turn of its own', async () => {
  const turn = new SharedTurn(5);
  const order: string[] = [];
  const come = (name: string) => turn.come().then(() => order.push(name));
  const first = [come('a'), come('b')];
  expect(order).toEqual([]);
  await Promise.all(first);
  expect(order).toEqual(['a', 'b']);
  await come('c');
  expect(order).toEqual(['a', 'b', 'c']);
});
