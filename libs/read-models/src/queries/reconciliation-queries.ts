import {
  type AssetOnRecord,
  type LotOnRecord,
  type MoneyOfGeneration,
  type ReconciliationBooks,
  START_OF_STORE,
} from '@imprest/application';
import { accountClass, type JournalEntry, type Posting } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { AssetRow, LedgerEntryRow, LedgerLotRow } from '../entities/index.js';
import { journalEntryOf } from '../ledger/rows.js';

const POSITION_BEFORE = `select coalesce(max(position), 0) as position
  from ledger.entries where known_at < $1`;
const KNOWN_ASSETS = 'select asset_id from read_models.assets where asset_id = any($1)';

/** What a reconciliation asks of journal, lots and assets. */
export class ReconciliationQueries implements ReconciliationBooks {
  constructor(private readonly dataSource: DataSource) {}

  async positionBefore(time: Date): Promise<bigint> {
    const [row] = await this.dataSource.query<{ position: string }[]>(POSITION_BEFORE, [time]);
    return row === undefined ? START_OF_STORE : BigInt(row.position);
  }

  async money(generationIds: readonly string[]): Promise<ReadonlyMap<string, MoneyOfGeneration>> {
    const rows = await this.dataSource
      .getRepository(LedgerEntryRow)
      .createQueryBuilder('entry')
      .where('entry.generationId = any(:generationIds)', { generationIds })
      .orderBy('entry.position')
      .getMany();
    const found = new Map<string, GenerationMoney>();
    for (const entry of rows.map(journalEntryOf)) {
      const id = entry.generationId as string;
      let money = found.get(id);
      if (money === undefined) {
        money = new GenerationMoney(entry.tenantId);
        found.set(id, money);
      }
      money.add(entry);
    }
    return found;
  }

  async assets(
    generationIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly AssetOnRecord[]>> {
    const rows = await this.dataSource
      .getRepository(AssetRow)
      .createQueryBuilder('asset')
      .where('asset.generationId = any(:generationIds)', { generationIds })
      .getMany();
    const found = new Map<string, AssetOnRecord[]>();
    for (const { generationId, assetId, erased } of rows) {
      const assets = found.get(generationId) ?? [];
      assets.push({ assetId, erased });
      found.set(generationId, assets);
    }
    return found;
  }

  async knownAssets(assetIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ asset_id: string }[]>(KNOWN_ASSETS, [assetIds]);
    return new Set(rows.map(({ asset_id: id }) => id));
  }

  async lot(tenantId: string, lotId: string): Promise<LotOnRecord | undefined> {
    const row = await this.dataSource.getRepository(LedgerLotRow).findOneBy({ tenantId, lotId });
    if (row === null || row.paidMinorUnits === null) return undefined;
    return {
      tokens: row.tokens,
      paid: { minorUnits: row.paidMinorUnits, currency: row.currency as string },
      takenBack: row.chargedBack + row.repaid,
    };
  }
}

class GenerationMoney implements MoneyOfGeneration {
  held = 0n;
  closes = 0;
  released = 0n;
  readonly captured = new Map<string, bigint>();
  readonly refunded = new Map<string, bigint>();

  constructor(readonly tenantId: string) {}

  add({ type, postings }: JournalEntry): void {
    if (type === 'HoldSettled' || type === 'HoldReleased') this.closes += 1;
    for (const posting of postings) this.post(type, posting);
  }

  private post(type: string, { account, lotId, tokens }: Posting): void {
    switch (accountClass(account)) {
      case 'held':
        if (type === 'TokensHeld') this.held -= tokens;
        break;
      case 'revenue':
        add(this.captured, lotId, -tokens);
        break;
      case 'refunds':
        add(this.refunded, lotId, tokens);
        break;
      case 'promotional-used':
        if (type === 'TokensRefunded') add(this.refunded, lotId, tokens);
        else add(this.captured, lotId, -tokens);
        break;
      case 'deferred-revenue':
      case 'promotional':
        if (type === 'HoldSettled' || type === 'HoldReleased') this.released -= tokens;
        break;
    }
  }
}

function add(lots: Map<string, bigint>, lotId: string, tokens: bigint): void {
  lots.set(lotId, (lots.get(lotId) ?? 0n) + tokens);
}
