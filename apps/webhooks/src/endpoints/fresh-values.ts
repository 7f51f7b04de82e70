interface Known<T> {
  readonly value: Promise<T>;
  readonly freshUntilMs: number;
}

const CAPACITY = 10_000;

/** What was looked up, kept for moments: a burst of deliveries asks for the same things. */
export class FreshValues<T> {
  private readonly known = new Map<string, Known<T>>();

  constructor(
    private readonly freshMs: number,
    private readonly nowMs: () => number,
  ) {}

  get(key: string, lookUp: () => Promise<T>): Promise<T> {
    const now = this.nowMs();
    const known = this.known.get(key);
    if (known !== undefined && known.freshUntilMs > now) return known.value;
    if (this.known.size >= CAPACITY) this.known.clear();
    const value = lookUp();
    this.known.set(key, { value, freshUntilMs: now + this.freshMs });
    // A failed look-up must not be remembered.
    value.catch(() => this.known.delete(key));
    return value;
  }

  forget(key: string): void {
    this.known.delete(key);
  }
}
