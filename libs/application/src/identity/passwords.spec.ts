import { expect, test } from 'vitest';
import type { PasswordHasher } from '../ports/password-hasher.js';
import { Passwords } from './passwords.js';

/** Is out of memory the first time. */
class RecoveringHasher implements PasswordHasher {
  hashed = 0;

  async hash(password: string): Promise<string> {
    this.hashed += 1;
    if (this.hashed === 1) throw new Error('out of memory');
    return `hash of ${password}`;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    return hash === `hash of ${password}`;
  }
}

test('a hasher that failed once is asked again, and then no more', async () => {
  const hasher = new RecoveringHasher();
  const passwords = new Passwords(hasher);
  const isNoOnes = () => passwords.isOf(undefined, 'nobody has this password');

  await expect(isNoOnes()).rejects.toThrow('out of memory');
  expect([await isNoOnes(), await isNoOnes()]).toEqual([false, false]);
  expect(hasher.hashed).toBe(2);
});
