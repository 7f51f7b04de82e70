/**
 * Places for what is under way, shared by dynamic thresholds (Choudhury and Hahne, 1998): who holds as
 * many as are free gets no more. One tenant alone may have half of them, two a third each: however slow
 * the receivers of some are, there is room for the others.
 */
export class FairSlots {
  private readonly held = new Map<string, number>();
  private taken = 0;

  constructor(private readonly capacity: number) {}

  get free(): number {
    return this.capacity - this.taken;
  }

  /** Tenants that get no more as it is. */
  satisfied(): string[] {
    const { free } = this;
    return [...this.held].filter(([, held]) => held >= free).map(([tenantId]) => tenantId);
  }

  take(tenantId: string): void {
    this.taken += 1;
    this.held.set(tenantId, (this.held.get(tenantId) ?? 0) + 1);
  }

  giveBack(tenantId: string): void {
    const left = (this.held.get(tenantId) ?? 0) - 1;
    if (left < 0) throw new Error(`${tenantId} holds no slot`);
    this.taken -= 1;
    if (left === 0) this.held.delete(tenantId);
    else this.held.set(tenantId, left);
  }
}
