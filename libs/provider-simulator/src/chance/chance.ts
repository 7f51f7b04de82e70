import { hashOf } from './hash.js';

/** Seeded random numbers (mulberry32). Forks by name, so that one layer's draws never shift another's. */
export class Chance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed | 0;
  }

  fork(name: string): Chance {
    return new Chance(hashOf(this.seed, name));
  }

  /** 0 to 1, 1 excluded. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** -1 or 1. */
  side(): number {
    return this.next() < 0.5 ? -1 : 1;
  }

  pick<T>(options: readonly [T, ...T[]]): T {
    return options[Math.floor(this.next() * options.length)] as T;
  }
}
