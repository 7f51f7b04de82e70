import { validationError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DomainFailure } from '../domain-failure.js';
import type { StoredUser } from '../ports/identity-store.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import { PASSWORD_HASHER } from '../ports/tokens.js';

export const MIN_PASSWORD_CHARACTERS = 12;
/** Beyond that a hash costs more than a password gains. */
export const MAX_PASSWORD_CHARACTERS = 256;

/** One person types the same password on keyboards that compose letters in different ways. */
const typed = (password: string) => password.normalize('NFKC');

/** What a password must be, and whether it is somebody's. */
@Injectable()
export class Passwords {
  private noOne: Promise<string> | undefined;

  constructor(@Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher) {}

  /** @throws DomainFailure validation_error */
  async hash(password: string, email: string): Promise<string> {
    const length = [...password].length;
    if (length < MIN_PASSWORD_CHARACTERS || length > MAX_PASSWORD_CHARACTERS) {
      const rule = `must have ${MIN_PASSWORD_CHARACTERS} to ${MAX_PASSWORD_CHARACTERS} characters`;
      throw new DomainFailure(validationError('password', rule));
    }
    const isEasy = new Set(password).size < 4 || password.toLowerCase().includes(email);
    if (isEasy) throw new DomainFailure(validationError('password', 'is too easy to guess'));
    return this.hasher.hash(typed(password));
  }

  /** Takes as long for nobody, and for a user without a password, as for anybody else. */
  async isOf(user: Pick<StoredUser, 'passwordHash'> | undefined, password: string) {
    const noOnes = await this.hashOfNoOne();
    const hash = user?.passwordHash ?? noOnes;
    const matches = await this.hasher.verify(hash, typed(password));
    return matches && user?.passwordHash === hash;
  }

  /** Made once; a hasher that failed is asked again. */
  private hashOfNoOne(): Promise<string> {
    this.noOne ??= this.hasher.hash('nobody has this password').catch((error: unknown) => {
      this.noOne = undefined;
      throw error;
    });
    return this.noOne;
  }
}
