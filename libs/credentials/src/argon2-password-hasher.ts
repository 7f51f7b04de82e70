import { DomainFailure, type PasswordHasher } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet, Argon2id, second choice of equal strength: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and a thread of the pool that files and look-ups share. */
const AT_ONCE = 2;
/** Some seconds of work: whoever comes after that had better come again. */
const MOST_WAITING = 100;

const BUSY = domainError('unavailable', 'too many people sign in at once: try again in a moment');

/** Argon2id (RFC 9106), which is what the package hashes with unless told otherwise. */
export class Argon2PasswordHasher implements PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  verify(hashed: string, password: string): Promise<boolean> {
    return this.inTurn(() => verify(hashed, password).catch(() => false));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= MOST_WAITING) throw new DomainFailure(BUSY);
    if (this.running < AT_ONCE) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
