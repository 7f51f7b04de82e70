import {
  PARKED_STREAMS,
  type ParkedStreams,
  WORKER_REGISTRY,
  type WorkerRegistry,
} from '@imprest/application';
import { type OwnedThing, OwnerQueries, SealQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { OperatorRuns } from '../background/operator-runs.js';
import type { AnyKind, FoundAnywhere } from './found-anywhere.js';

const IMAGE_ID = /^img_[0-9a-z]{26}$/;
const RUN_ID = /^run_[0-9a-z]{26}$/;
const PARKED_ID = /^prk_[0-9a-z]{26}$/;
const SEAL = /^[1-9][0-9]{0,8}$/;

const untold = (kind: AnyKind, id: string, path: string): FoundAnywhere => ({
  ...{ kind, id, path },
  tenantId: null,
});

/** Things that are rows of a table: images, lots, seals, workers, what is parked and what runs. */
@Injectable()
export class RowFinder {
  constructor(
    private readonly owners: OwnerQueries,
    private readonly seals: SealQueries,
    private readonly runs: OperatorRuns,
    @Inject(PARKED_STREAMS) private readonly parked: ParkedStreams,
    @Inject(WORKER_REGISTRY) private readonly registry: WorkerRegistry,
  ) {}

  async find(id: string): Promise<readonly FoundAnywhere[]> {
    const found = await Promise.all([
      IMAGE_ID.test(id) ? this.images(id) : [],
      this.lots(id),
      this.workers(id),
      SEAL.test(id) ? this.seal(id) : [],
      RUN_ID.test(id) ? this.run(id) : [],
      PARKED_ID.test(id) ? this.parkedStream(id) : [],
    ]);
    return found.flat();
  }

  private async images(id: string): Promise<readonly FoundAnywhere[]> {
    const path = ({ generationId }: OwnedThing) => `/admin/v1/generations/${generationId}/timeline`;
    return (await this.owners.image(id)).map((image) => ({
      ...{ kind: 'image', id, tenantId: image.tenantId, path: path(image) },
    }));
  }

  private async lots(id: string): Promise<readonly FoundAnywhere[]> {
    return (await this.owners.lots(id)).map(({ tenantId }) => ({
      ...{ kind: 'lot', id, tenantId, path: `/admin/v1/ledger/lots?tenantId=${tenantId}` },
    }));
  }

  private async workers(id: string): Promise<readonly FoundAnywhere[]> {
    const isThere = (await this.registry.workers()).some((worker) => worker.id === id);
    return isThere ? [untold('worker', id, '/admin/v1/workers')] : [];
  }

  private async seal(id: string): Promise<readonly FoundAnywhere[]> {
    const seal = await this.seals.find(Number(id));
    return seal === undefined ? [] : [untold('seal', id, '/admin/v1/ledger/seals')];
  }

  private async run(id: string): Promise<readonly FoundAnywhere[]> {
    const run = await this.runs.table.find(id);
    if (run === undefined) return [];
    const path = run.kind.startsWith('projection')
      ? `/admin/v1/projections/${run.subject}/rebuild`
      : `/admin/v1/ledger/verifications/${id}`;
    return [untold('run', id, path)];
  }

  private async parkedStream(id: string): Promise<readonly FoundAnywhere[]> {
    const parked = await this.parked.find(id);
    if (parked === undefined) return [];
    return [untold('parked', id, `/admin/v1/parked?consumer=${parked.consumer}`)];
  }
}
