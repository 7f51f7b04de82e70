import type { EventStore } from '@imprest/application';
import type { DataSource } from 'typeorm';
import type { Part } from '../operations/services.js';

/** Asks one engine whether it works. */
export interface EngineCheck {
  readonly part: Exclude<Part, 'consumers'>;
  /** For people. @throws Error that says what is wrong */
  look(): Promise<string>;
}

/** Readiness is asked every few seconds by everyone; what costs money or load is looked at less often. */
function atMostEvery(ms: number, look: () => Promise<string>): () => Promise<string> {
  let last: Promise<string> | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - lookedAtMs >= ms) {
      lookedAtMs = nowMs;
      last = look();
      last.catch(() => {
        last = undefined;
      });
    }
    return last;
  };
}

const ASSETS_EVERY_MS = 10_000;
const BUS_EVERY_MS = 5_000;

export function engineChecks(engines: {
  readonly dataSource: Pick<DataSource, 'query'>;
  readonly eventStore: Pick<EventStore, 'head'>;
  readonly assetStore: { check(): Promise<void> };
  readonly messageBus: { check(): Promise<string> };
}): readonly EngineCheck[] {
  const { dataSource, eventStore, assetStore, messageBus } = engines;
  const assets = async () => {
    await assetStore.check();
    return 'answers';
  };
  return [
    { part: 'database', look: () => dataSource.query('select 1').then(() => 'answers') },
    { part: 'eventStore', look: async () => `head at ${await eventStore.head()}` },
    { part: 'messageBus', look: atMostEvery(BUS_EVERY_MS, () => messageBus.check()) },
    { part: 'assetStore', look: atMostEvery(ASSETS_EVERY_MS, assets) },
  ];
}
