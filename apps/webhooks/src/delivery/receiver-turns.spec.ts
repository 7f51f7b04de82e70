import { expect, test } from 'vitest';
import { ReceiverTurns } from './receiver-turns.js';

const LONG_MS = 5_000;

test('a receiver gets so many at once, the others in their order, and other receivers do not wait', async () => {
  const turns = new ReceiverTurns(2);
  const begun: string[] = [];
  const begin = async (name: string, origin: string) => {
    expect(await turns.begin(origin, LONG_MS)).toBe(true);
    begun.push(name);
  };
  await begin('a', 'slow');
  await begin('b', 'slow');
  const waiting = [begin('c', 'slow'), begin('d', 'slow')];
  await begin('other', 'quick');
  expect(begun).toEqual(['a', 'b', 'other']);
  turns.end('slow');
  await waiting[0];
  turns.end('slow');
  await waiting[1];
  expect(begun).toEqual(['a', 'b', 'other', 'c', 'd']);
});

test('who waited too long has no turn and holds up nobody', async () => {
  const turns = new ReceiverTurns(1);
  await turns.begin('slow', LONG_MS);
  const late = turns.begin('slow', 10);
  const patient = turns.begin('slow', LONG_MS);
  expect(await late).toBe(false);
  turns.end('slow');
  expect(await patient).toBe(true);
  turns.end('slow');
  expect(await turns.begin('slow', 0)).toBe(true);
});

test('a turn cannot end twice', async () => {
  const turns = new ReceiverTurns(2);
  await turns.begin('slow', LONG_MS);
  turns.end('slow');
  expect(() => turns.end('slow')).toThrow('slow has no turn to end');
});
