import {
  type Clock,
  type CommandContext,
  type DeciderRunner,
  type EventStore,
  ledgerSealStream,
  type Pace,
  unpaced,
} from '@imprest/application';
import { LEDGER_SEAL_ID, type LedgerSealCommand, type LedgerSealed } from '@imprest/domain';
import { introduceKey, type SealKey, signSeal } from '@imprest/ledger-seal';
import { Client } from 'pg';
import { draftSeal } from './draft-seal.js';

export interface SealingServices {
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  readonly runner: DeciderRunner;
  readonly clock: Clock;
  readonly connectionString: string;
}

export interface SealOptions {
  readonly key: SealKey;
  readonly context: CommandContext;
  /** Lets requests go first in a process that answers them. */
  readonly pace?: Pace;
  /** Seal what the store knew before this moment, which has to be past for good; everything when absent. */
  readonly knownBefore?: Date;
}

export class SealingRefused extends Error {
  override readonly name = 'SealingRefused';
}

const LOCK = '5140982266137021';

/** The line of seals as it stands. */
export function readSealLine(runner: DeciderRunner) {
  return runner.read(ledgerSealStream, LEDGER_SEAL_ID, (state) => ({
    ...{ keyId: state.keyId, publicKey: state.publicKey, number: state.number },
    ...{ upTo: state.upTo, digest: state.digest, knownBefore: state.knownBefore },
  }));
}

/**
 * Seals everything since the last seal; the first seal introduces its key. Answers undefined when there is
 * nothing to seal.
 * @throws LedgerNotIntact, JournalBehind; SealingRefused when another process seals, or with another key
 */
export async function sealLedger(
  services: SealingServices,
  { key, context, knownBefore, pace = unpaced }: SealOptions,
): Promise<LedgerSealed['data'] | undefined> {
  const { runner, clock } = services;
  return inOneProcess(services.connectionString, async (reader, writer) => {
    const introducedAt = clock.now().toISOString();
    let line = await readSealLine(runner);
    if (line.keyId === null) {
      const first = introduceKey({ key, previous: null, introducedAt, reason: 'first key' });
      await run(runner, { type: 'IntroduceSealKey', ...first }, context);
      line = await readSealLine(runner);
    }
    if (line.keyId !== key.keyId) {
      throw new SealingRefused(
        `key ${key.keyId} does not sign: the key in use is ${line.keyId}; rotate the key first`,
      );
    }
    const { eventStore } = services;
    const { upTo: after } = line;
    const draft = await draftSeal({ eventStore, reader, writer, after, knownBefore, pace });
    if (draft === undefined) return undefined;
    const sealedAt = clock.now().toISOString();
    const number = line.number + 1;
    const seal = signSeal({ ...draft, number, previous: line.digest, sealedAt }, key);
    await run(runner, { type: 'SealLedger', ...seal }, context);
    return seal;
  });
}

export interface RotateOptions {
  readonly key: SealKey;
  /** The key in use; undefined when it was lost, so that nobody can endorse the new one. */
  readonly previous: SealKey | undefined;
  readonly reason: string;
  readonly context: CommandContext;
}

/** @throws SealingRefused when no key is in use yet, or another one than the one given */
export async function rotateSealKey(
  { runner, clock }: Pick<SealingServices, 'runner' | 'clock'>,
  { key, previous, reason, context }: RotateOptions,
): Promise<void> {
  const { keyId } = await readSealLine(runner);
  if (keyId === null) throw new SealingRefused('no key is in use yet: seal first');
  if (previous !== undefined && keyId !== previous.keyId && keyId !== key.keyId) {
    throw new SealingRefused(`the key in use is ${keyId}, not ${previous.keyId}`);
  }
  const introducedAt = clock.now().toISOString();
  const data = introduceKey({ key, previous: previous ?? { keyId }, introducedAt, reason });
  await run(runner, { type: 'IntroduceSealKey', ...data }, context);
}

async function run(
  runner: DeciderRunner,
  command: LedgerSealCommand,
  context: CommandContext,
): Promise<void> {
  const result = await runner.run(ledgerSealStream, LEDGER_SEAL_ID, command, context);
  if (result.kind === 'rejected') throw new SealingRefused(result.error.message);
}

/** Two at once would write each other's leaves. */
async function inOneProcess<T>(
  connectionString: string,
  work: (reader: Client, writer: Client) => Promise<T>,
): Promise<T> {
  const clients = [1, 2].map(
    () => new Client({ connectionString, application_name: 'imprest ledger sealing' }),
  ) as [Client, Client];
  const [reader, writer] = clients;
  for (const client of clients) client.on('error', () => undefined);
  try {
    for (const client of clients) await client.connect();
    const held = await writer.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [
      LOCK,
    ]);
    if (held.rows[0]?.ours !== true) throw new SealingRefused('another process seals right now');
    await reader.query('begin isolation level repeatable read read only');
    return await work(reader, writer);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}
