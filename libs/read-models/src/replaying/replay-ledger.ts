import { readFile, rename, writeFile } from 'node:fs/promises';
import { type EventStore, storedEventReader } from '@imprest/application';
import { tokenAccount } from '@imprest/domain';
import { type StoredEvent, storedEvent, streamName } from '@imprest/event-catalogue';
import { type OnProgress, ProgressMeter } from '../rebuilding/rebuild-progress.js';
import { ReplayedBooks, type SavedBooks } from './replayed-books.js';

export interface ReplayOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  /** Of one account only. */
  readonly tenantId?: string;
  /** Last event to replay: by its position, or the last one known at a moment; all when absent. */
  readonly to?: bigint | Date;
  /** File that keeps what was done, to go on from when the replay was interrupted. */
  readonly stateFile?: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface Replay {
  readonly books: ReplayedBooks;
  /** False when the signal ended it; with a state file the same call goes on from there. */
  readonly finished: boolean;
  /** Replayed by this call. */
  readonly events: number;
  /** Everything up to here was replayed. */
  readonly position: bigint;
  readonly seconds: number;
  /** Where an earlier call had stopped; undefined when this one began at the first event. */
  readonly resumedAt: bigint | undefined;
}

interface SavedState {
  readonly format: 'imprest-ledger-replay';
  readonly version: 1;
  /** Of what: going on with something else would mix the two. */
  readonly scope: string;
  readonly position: string;
  readonly books: SavedBooks;
}

export class ReplayOfSomethingElse extends Error {
  override readonly name = 'ReplayOfSomethingElse';
  constructor(file: string) {
    super(`${file} keeps a replay of something else: remove it or name another file`);
  }
}

const SAVE_EVERY_MS = 5_000;

class LedgerReplay {
  readonly meter: ProgressMeter;
  books = new ReplayedBooks();
  private readonly scope: string;
  private savedMs = performance.now();

  constructor(
    private readonly options: ReplayOptions,
    readonly resumed: SavedState | undefined,
  ) {
    this.scope = scopeOf(options);
    this.meter = new ProgressMeter(options.onProgress, BigInt(resumed?.position ?? 0));
    if (resumed !== undefined) this.books = ReplayedBooks.restore(resumed.books);
  }

  /** @returns false when the signal ended it */
  async run(): Promise<boolean> {
    const { to, eventStore, signal } = this.options;
    const head = await eventStore.head();
    const upTo = typeof to === 'bigint' && to < head ? to : head;
    this.meter.head = upTo;
    for await (const page of this.pages(upTo)) {
      const wanted = page.filter(
        ({ position }) => position <= upTo && position > this.meter.position,
      );
      const known =
        to instanceof Date ? wanted.filter(({ recordedAt }) => recordedAt <= to) : wanted;
      for (const event of known) this.books.enter(event);
      this.meter.read(known.length, known.at(-1)?.position ?? this.meter.position);
      if (known.length < wanted.length) return true;
      if (signal?.aborted) return false;
      await this.saveNowAndThen();
    }
    this.meter.position = upTo;
    return true;
  }

  async save(): Promise<void> {
    const { stateFile } = this.options;
    if (stateFile === undefined) return;
    const state: SavedState = {
      ...{ format: 'imprest-ledger-replay', version: 1, scope: this.scope },
      ...{ position: this.meter.position.toString(), books: this.books.save() },
    };
    // A file cut off by a crash would be worse than one that is a little older.
    await writeFile(`${stateFile}.new`, JSON.stringify(state), { mode: 0o600, flush: true });
    await rename(`${stateFile}.new`, stateFile);
    this.savedMs = performance.now();
  }

  private async *pages(upTo: bigint): AsyncGenerator<readonly StoredEvent[]> {
    const { tenantId, eventStore } = this.options;
    const { category } = tokenAccount;
    if (tenantId === undefined) {
      const range = { after: this.meter.position, upTo, categories: [category] };
      yield* storedEventReader(eventStore).readStored(range);
      return;
    }
    for await (const page of eventStore.readStream(streamName(category, tenantId))) {
      yield page.map(storedEvent);
    }
  }

  private async saveNowAndThen(): Promise<void> {
    if (performance.now() - this.savedMs >= SAVE_EVERY_MS) await this.save();
  }
}

function scopeOf({ tenantId, to }: ReplayOptions): string {
  const end = to instanceof Date ? to.toISOString() : (to?.toString() ?? 'the end');
  return `${tenantId ?? 'all accounts'} to ${end}`;
}

async function savedState(options: ReplayOptions): Promise<SavedState | undefined> {
  const { stateFile } = options;
  if (stateFile === undefined) return undefined;
  const text = await readFile(stateFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as SavedState;
  if (state.format !== 'imprest-ledger-replay' || state.scope !== scopeOf(options)) {
    throw new ReplayOfSomethingElse(stateFile);
  }
  return state;
}

/**
 * Makes accounts, lots and balances from events alone. It writes nothing but its state file.
 * @throws ReplayOfSomethingElse, StreamGap, UnbalancedEntry
 */
export async function replayLedger(options: ReplayOptions): Promise<Replay> {
  const resumed = await savedState(options);
  const replay = new LedgerReplay(options, resumed);
  const finished = await replay.run();
  await replay.save();
  const { meter, books } = replay;
  meter.tell();
  const { events, position, seconds } = meter;
  const resumedAt = resumed === undefined ? undefined : BigInt(resumed.position);
  return { books, finished, events, position, seconds, resumedAt };
}
