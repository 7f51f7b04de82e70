import type { IdentityStore } from '@imprest/application';
import { afterEach, beforeEach, describe } from 'vitest';
import { signInTriesCases } from './identity-store/sign-in-tries.js';
import { storedLinksCases } from './identity-store/stored-links.js';
import { storedSessionsCases } from './identity-store/stored-sessions.js';
import { storedUsersCases } from './identity-store/stored-users.js';

export interface IdentityStoreHarness {
  readonly store: IdentityStore;
  dispose(): Promise<void>;
}

export function identityStoreConformance(
  name: string,
  create: () => Promise<IdentityStoreHarness>,
): void {
  describe(`IdentityStore: ${name}`, () => {
    let harness: IdentityStoreHarness;
    const store = () => harness.store;

    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.dispose());

    describe('users', () => storedUsersCases(store));
    describe('sessions', () => storedSessionsCases(store));
    describe('links', () => storedLinksCases(store));
    describe('tries to sign in', () => signInTriesCases(store));
  });
}
