import type { Snapshot, SnapshotStore } from '@imprest/application';

export class InMemorySnapshotStore implements SnapshotStore {
  private readonly snapshots = new Map<string, Snapshot>();

  async load(stream: string): Promise<Snapshot | undefined> {
    return structuredClone(this.snapshots.get(stream));
  }

  async save(stream: string, snapshot: Snapshot): Promise<void> {
    const known = this.snapshots.get(stream);
    if (known !== undefined && known.revision > snapshot.revision) return;
    this.snapshots.set(stream, structuredClone(snapshot));
  }
}
