import { describe, expect, test } from 'vitest';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';

const hasher = new Argon2PasswordHasher();

describe('a hash of a password', () => {
  test('names Argon2id and its cost, and another salt every time', async () => {
    const [one, other] = await Promise.all([
      hasher.hash('correct horse'),
      hasher.hash('correct horse'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
  });

  test('is of this password and no other, however many ask at once', async () => {
    const hashed = await hasher.hash('pä̈ssword with spaces');
    const tries = ['pä̈ssword with spaces', 'password with spaces', '', 'x', 'y'];
    expect(await Promise.all(tries.map((each) => hasher.verify(hashed, each)))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test.each(['', 'no hash at all', '$argon2id$v=19$m=19456'])(
    'that reads %j is of no password',
    async (damaged) => {
      expect(await hasher.verify(damaged, 'correct horse')).toBe(false);
    },
  );
});

test('whoever comes to a long queue is turned away, and the others are served', async () => {
  const hashed = await hasher.hash('correct horse');
  const tries = Array.from({ length: 105 }, () => hasher.verify(`${hashed}x`, 'correct horse'));
  const outcomes = await Promise.allSettled(tries);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ reason: { error: { code: 'unavailable' } } });
  expect(await hasher.verify(hashed, 'correct horse')).toBe(true);
});
