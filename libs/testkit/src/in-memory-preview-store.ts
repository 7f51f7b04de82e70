import {
  type Clock,
  type PreviewRate,
  type PreviewStore,
  type SealedPreview,
  type StoredPreview,
  systemClock,
} from '@imprest/application';

interface Watched {
  untilMs: number;
  admittedAtMs: number;
  admitted: number;
  withheld: boolean;
}

const MOST_AT_ONCE = 100;
const REMEMBERED_MS = 3_600_000;

/** For one process. */
export class InMemoryPreviewStore implements PreviewStore {
  private readonly watched = new Map<string, Watched>();
  private pictures: readonly StoredPreview[] = [];
  private version = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  async watch(generationIds: readonly string[], forMs: number): Promise<void> {
    for (const id of generationIds) this.row(id).untilMs = this.nowMs + forMs;
  }

  async admit(generationId: string, { everyMs, most }: PreviewRate): Promise<boolean> {
    const row = this.open(generationId);
    if (row === undefined || row.admitted >= most) return false;
    if (this.nowMs - row.admittedAtMs < everyMs) return false;
    Object.assign(row, { admittedAtMs: this.nowMs, admitted: row.admitted + 1 });
    return true;
  }

  async put(preview: SealedPreview): Promise<void> {
    const { generationId, index, fence } = preview;
    if (this.open(generationId) === undefined) return;
    const isSame = (each: StoredPreview) =>
      each.generationId === generationId && each.index === index;
    if (this.pictures.some((each) => isSame(each) && each.fence > fence)) return;
    this.version += 1;
    const others = this.pictures.filter((each) => !isSame(each));
    this.pictures = [...others, { ...preview, version: this.version }];
  }

  async since(versions: ReadonlyMap<string, number>): Promise<readonly StoredPreview[]> {
    const isNew = ({ generationId, version }: StoredPreview) =>
      version > (versions.get(generationId) ?? Number.POSITIVE_INFINITY);
    return this.pictures.filter(isNew).slice(0, MOST_AT_ONCE);
  }

  async withhold(generationId: string): Promise<void> {
    this.row(generationId).withheld = true;
    await this.remove([generationId]);
  }

  async remove(generationIds: readonly string[]): Promise<void> {
    this.pictures = this.pictures.filter(
      ({ generationId }) => !generationIds.includes(generationId),
    );
  }

  async sweep(): Promise<void> {
    this.pictures = this.pictures.filter(
      ({ generationId }) => (this.watched.get(generationId)?.untilMs ?? 0) > this.nowMs,
    );
    for (const [id, { untilMs }] of this.watched) {
      if (untilMs < this.nowMs - REMEMBERED_MS) this.watched.delete(id);
    }
  }

  async close(): Promise<void> {}

  private get nowMs(): number {
    return this.clock.now().getTime();
  }

  private open(generationId: string): Watched | undefined {
    const row = this.watched.get(generationId);
    return row && row.untilMs > this.nowMs && !row.withheld ? row : undefined;
  }

  private row(generationId: string): Watched {
    const known = this.watched.get(generationId);
    if (known !== undefined) return known;
    const row: Watched = { untilMs: this.nowMs, admittedAtMs: 0, admitted: 0, withheld: false };
    this.watched.set(generationId, row);
    return row;
  }
}
