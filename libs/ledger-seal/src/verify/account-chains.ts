import { AccountBook } from '@imprest/domain';
import { HASH_BYTES, type Hash } from '../canonical/hashes.js';
import { accountLeaf, CHAIN_START } from '../canonical/record-leaf.js';
import { ChangingTree } from '../merkle/changing-tree.js';

/** One token account while the log is gone through. */
export interface AccountChain {
  readonly tenantId: string;
  /** In the order accounts were opened, from 0: its place in the tree over all heads. */
  readonly index: number;
  /** Of the last entry, -1 before the first. */
  revision: number;
  readonly head: Hash;
  /**
   * A second head the next entry may follow: after an entry whose stored leaf is not what it should be,
   * either the entry or the leaf was changed, and only the next one tells which.
   */
  otherHead: Hash | undefined;
  readonly book: AccountBook;
  /** False once its history cannot be folded any more: from there on only the chain is checked. */
  foldable: boolean;
}

export interface ChainHead {
  readonly tenantId: string;
  readonly revision: number;
  readonly head: Hash;
}

/** The chains of all accounts and the tree over their heads. */
export class AccountChains {
  private readonly chains = new Map<string, AccountChain>();
  private readonly tree = new ChangingTree();
  private readonly changed = new Set<AccountChain>();

  get size(): number {
    return this.chains.size;
  }

  /** Goes on from where a chain stands, in the order accounts were opened. */
  resume({ tenantId, revision, head }: ChainHead): void {
    const chain = this.open(tenantId, revision, head);
    chain.foldable = false;
    this.changed.add(chain);
  }

  of(tenantId: string): AccountChain {
    return this.chains.get(tenantId) ?? this.open(tenantId, -1, CHAIN_START);
  }

  find(tenantId: string): AccountChain | undefined {
    return this.chains.get(tenantId);
  }

  /** @param head copied: the rows it came with would be kept in memory otherwise. */
  advance(chain: AccountChain, revision: number, head: Hash): void {
    chain.revision = revision;
    chain.head.set(head);
    this.changed.add(chain);
  }

  all(): IterableIterator<AccountChain> {
    return this.chains.values();
  }

  /** Over the heads as they stand. */
  root(): Hash {
    for (const { index, tenantId, revision, head } of this.changed) {
      this.tree.set(index, accountLeaf(tenantId, revision, head));
    }
    this.changed.clear();
    return this.tree.root();
  }

  private open(tenantId: string, revision: number, start: Hash): AccountChain {
    const index = this.chains.size;
    const head = Buffer.allocUnsafeSlow(HASH_BYTES);
    head.set(start);
    const book = new AccountBook(tenantId);
    const chain = { tenantId, index, revision, head, otherHead: undefined, book, foldable: true };
    this.chains.set(tenantId, chain);
    return chain;
  }
}
