import type { PreviewRate, PreviewStore, SealedPreview, StoredPreview } from '@imprest/application';
import { Pool } from 'pg';
import * as statements from './statements.js';

export interface PostgresPreviewStoreOptions {
  readonly connectionString: string;
  /** Told about lost connections; they are opened again by themselves. */
  readonly onTrouble?: (error: Error) => void;
}

interface PictureRow {
  readonly generation_id: string;
  readonly image_index: number;
  /** A bigint, as is the version. */
  readonly fence: string;
  readonly version: string;
  readonly step: number | null;
  readonly steps: number | null;
  readonly width: number;
  readonly height: number;
  readonly data_key_id: string;
  readonly sealed: string;
}

/** Rows that every process shares, in tables that a crash empties. */
export class PostgresPreviewStore implements PreviewStore {
  private readonly pool: Pool;
  private closing: Promise<void> | undefined;

  constructor({ connectionString, onTrouble = () => {} }: PostgresPreviewStoreOptions) {
    this.pool = new Pool({
      connectionString,
      application_name: 'imprest previews',
      max: 2,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    this.pool.on('error', onTrouble);
  }

  async watch(generationIds: readonly string[], forMs: number): Promise<void> {
    await this.pool.query(statements.WATCH, [[...new Set(generationIds)], forMs]);
  }

  async admit(generationId: string, { everyMs, most }: PreviewRate): Promise<boolean> {
    const { rowCount } = await this.pool.query(statements.ADMIT, [generationId, everyMs, most]);
    return rowCount === 1;
  }

  async put({ generationId, index, fence, ...preview }: SealedPreview): Promise<void> {
    const { step, steps, width, height, dataKeyId, sealed } = preview;
    const picture = [step, steps, width, height, dataKeyId, sealed];
    await this.pool.query(statements.PUT, [generationId, index, fence, ...picture]);
  }

  async since(versions: ReadonlyMap<string, number>): Promise<readonly StoredPreview[]> {
    const seen = [[...versions.keys()], [...versions.values()]];
    return (await this.pool.query<PictureRow>(statements.SINCE, seen)).rows.map(toPreview);
  }

  async withhold(generationId: string): Promise<void> {
    await this.pool.query(statements.WITHHOLD, [generationId]);
    await this.remove([generationId]);
  }

  async remove(generationIds: readonly string[]): Promise<void> {
    await this.pool.query(statements.REMOVE, [generationIds]);
  }

  async sweep(): Promise<void> {
    await this.pool.query(statements.SWEEP_PICTURES);
    await this.pool.query(statements.SWEEP_WATCHED);
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end();
    return this.closing;
  }
}

function toPreview(row: PictureRow): StoredPreview {
  const { generation_id: generationId, image_index: index, data_key_id: dataKeyId } = row;
  const { step, steps, width, height, sealed } = row;
  const numbers = { fence: Number(row.fence), version: Number(row.version) };
  return { generationId, index, ...numbers, step, steps, width, height, dataKeyId, sealed };
}
