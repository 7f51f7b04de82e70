import type { EventStore, SqlTransaction } from '@imprest/application';
import {
  LEDGER_SEAL_ID,
  type LedgerSealEvent,
  type LedgerSealed,
  ledgerSeal,
} from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import {
  type ChargeProof,
  leafOfRecord,
  type ProofChainHead,
  type ProofKey,
  type ProofRecord,
} from '@imprest/ledger-seal';
import type { DataSource } from 'typeorm';
import { SealedLeaves } from '../sealing/sealed-leaves.js';
import {
  recordsOfAccount,
  recordsOfStreams,
  tenantOf,
  type UnsealedRecord,
} from './proof-records.js';

const HEAD = 'select tenant_id, revision, head from ledger.token_accounts where tenant_id = $1';

/** The line of seals, as the store has it. */
class Line {
  readonly keys: ProofKey[] = [];
  private readonly seals: LedgerSealed['data'][] = [];

  static async read(store: Pick<EventStore, 'readStream'>): Promise<Line> {
    const line = new Line();
    for await (const page of store.readStream(streamName(ledgerSeal.category, LEDGER_SEAL_ID))) {
      for (const event of page) line.take(toDomainEvent(event) as LedgerSealEvent);
    }
    return line;
  }

  covering(position: bigint): LedgerSealed['data'] | undefined {
    return this.seals.find(({ upTo }) => BigInt(upTo) >= position);
  }

  private take({ type, data }: LedgerSealEvent): void {
    if (type === 'LedgerSealed') {
      this.seals.push(data);
      return;
    }
    const { keyId, publicKey, previousKeyId, endorsement: signature, introducedAt } = data;
    const endorsement =
      previousKeyId === null || signature === null
        ? null
        : { previousKeyId, introducedAt, signature };
    this.keys.push({ keyId, publicKey, endorsement });
  }
}

/** Makes proofs of charges. They are as whole as the journal is: what it has not booked yet is missing. */
export class ChargeProofs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: Pick<EventStore, 'readStream'>,
  ) {}

  /** Undefined for a generation that nobody asked for. */
  async of(generationId: string): Promise<ChargeProof | undefined> {
    const { dataSource, store } = this;
    const told = await recordsOfStreams(store, generationId);
    const tenantId = tenantOf(told);
    if (tenantId === undefined) return undefined;
    const booked = await recordsOfAccount(dataSource, store, generationId);
    const inOrder = [...told, ...booked].sort((a, b) =>
      a.event.position < b.event.position ? -1 : 1,
    );
    const line = await Line.read(store);
    const leaves = new SealedLeaves(this.sql());
    const seals = new Map<number, LedgerSealed['data']>();
    const records: ProofRecord[] = [];
    for (const record of inOrder) {
      const inclusion = await this.inclusion(record, line, leaves, seals);
      records.push({ ...record, inclusion });
    }
    const isOpen = records.some(({ inclusion }) => inclusion === null);
    return {
      ...{ generationId, records },
      chainHead: isOpen ? await this.chainHead(tenantId) : null,
      keys: seals.size === 0 ? [] : line.keys,
      seals: [...seals.values()],
    };
  }

  private async inclusion(
    record: UnsealedRecord,
    line: Line,
    leaves: SealedLeaves,
    seals: Map<number, LedgerSealed['data']>,
  ): Promise<ProofRecord['inclusion']> {
    const { position } = record.event;
    const seal = line.covering(position);
    if (seal === undefined) return null;
    const { number, events } = seal;
    const under = { after: BigInt(seal.after), events };
    const leaf = leafOfRecord({ ...record, inclusion: null });
    const found = await leaves.pathTo(leaf, position, under);
    if (found === undefined) {
      throw new Error(
        `the event at position ${position} is not what seal ${number} covers: verify the ledger`,
      );
    }
    seals.set(number, seal);
    return { seal: number, ...found };
  }

  private async chainHead(tenantId: string): Promise<ProofChainHead | null> {
    const [row] = await this.sql().query<{ tenant_id: string; revision: number; head: Buffer }>(
      HEAD,
      [tenantId],
    );
    return row === undefined ? null : { tenantId, revision: row.revision, leaf: row.head };
  }

  private sql(): SqlTransaction {
    return { query: (text, parameters) => this.dataSource.query(text, [...(parameters ?? [])]) };
  }
}
