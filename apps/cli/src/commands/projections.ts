import {
  ProjectionRebuild,
  readStandbys,
  resultOf,
  type StandbyPhase,
  type Switched,
  type SwitchOptions,
  type TableProjector,
} from '@imprest/read-models';
import { Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import { count, jsonOption } from '../events/event-options.js';
import { chosenProjectors } from '../projections/chosen-projectors.js';
import { type DiffOptions, diffOne } from '../projections/diff.js';
import { listProjections } from '../projections/list.js';
import {
  type RebuildOptions,
  rebuildOne,
  type Stores,
  switchedText,
} from '../projections/rebuild.js';
import { onRecord, type Reasoned, reasonOption } from '../terminal/on-record.js';
import type { Terminal } from '../terminal/terminal.js';

interface Output extends Reasoned {
  readonly json?: boolean;
}

type OnProjection<Options> = (
  terminal: Terminal,
  stores: Stores,
  projector: TableProjector,
  options: Options,
) => Promise<void>;

/**
 * One after the other: a rebuild keeps a core and the disk busy.
 * @param needs what `--all` means: every projection that has such tables beside its own; absent: every one.
 */
function onEach<Options extends object>(
  terminal: Terminal,
  work: OnProjection<Options>,
  needs?: StandbyPhase,
) {
  return async (names: readonly string[], options: Options & { readonly all?: boolean }) => {
    const chosen = chosenProjectors(names, options);
    await withEngines(terminal, async (engines) => {
      const { connectionString } = engines;
      const wanted = options.all ? await having(needs, chosen, connectionString) : chosen;
      if (wanted.length === 0)
        throw new Error(`no projection has tables beside its own that are ${needs}`);
      const eventStore = await engines.eventStore();
      const record = onRecord(terminal, engines, eventStore);
      const stores = { eventStore, connectionString, onRecord: record };
      for (const projector of wanted) {
        if (terminal.signal.aborted) return;
        await work(terminal, stores, projector, options);
      }
    });
  };
}

async function having(
  phase: StandbyPhase | undefined,
  projectors: readonly TableProjector[],
  connectionString: string,
): Promise<readonly TableProjector[]> {
  if (phase === undefined) return projectors;
  const standbys = await readStandbys(connectionString, projectors);
  return projectors.filter(({ name }) => standbys.get(name)?.phase === phase);
}

function exchange(
  work: string,
  what: (rebuild: ProjectionRebuild, options: SwitchOptions) => Promise<Switched>,
  text: (name: string, lockedMs: number) => string,
): OnProjection<Output> {
  return async (terminal, stores, projector, { json, reason = null }) => {
    const rebuild = new ProjectionRebuild({ projector, ...stores });
    const { signal } = terminal;
    const switched = await stores.onRecord(
      { work, subject: projector.name, reason },
      () => what(rebuild, { signal }),
      resultOf.exchange,
    );
    if (json) await terminal.printJson({ projection: projector.name, ...switched });
    else await terminal.print(text(projector.name, switched.lockedMs));
  };
}

const switchTo = exchange(
  'projection-switch',
  (rebuild, options) => rebuild.switchOver(options),
  switchedText,
);
const rollBackTo = exchange(
  'projection-rollback',
  (rebuild, options) => rebuild.rollBack(options),
  (name, lockedMs) => `${name}: the tables that were replaced are back, locked for ${lockedMs} ms`,
);

const dropOld: OnProjection<Output> = async (terminal, stores, projector, options) => {
  const { json, reason = null } = options;
  const rebuild = new ProjectionRebuild({ projector, ...stores });
  const order = { work: 'projection-drop', subject: projector.name, reason };
  await stores.onRecord(order, () => rebuild.dropOld(), resultOf.nothing);
  if (json) await terminal.printJson({ projection: projector.name, dropped: true });
  else await terminal.print(`${projector.name}: the tables that were replaced are gone`);
};

function onNames(command: Command): Command {
  return command
    .argument('[projection...]', 'names as `imprest projections list` shows them')
    .option('--all', 'every projection')
    .addOption(reasonOption())
    .addOption(jsonOption());
}

/** Makes what is read from events anew, beside a running program. */
export function projectionsCommand(terminal: Terminal): Command {
  const projections = new Command('projections').description(
    'what is read from events, made anew beside a running program',
  );
  projections
    .command('list')
    .description('every projection, how far it is, and what is beside it')
    .addOption(jsonOption())
    .action((options: Output) =>
      withEngines(terminal, (engines) => listProjections(terminal, engines, options)),
    );
  onNames(projections.command('rebuild'))
    .description('build new tables beside the live ones; a build that was stopped goes on')
    .option('--restart', 'begin again at the first event')
    .option('--switch', 'put them in place when they are built')
    .option('--drop-old', 'with --switch: keep nothing for a rollback')
    .action(onEach<RebuildOptions>(terminal, rebuildOne));
  onNames(projections.command('diff'))
    .description('what differs between live and rebuilt tables; exit code 1 when anything does')
    .addOption(
      new Option('--limit <count>', 'rows to name for each table and kind')
        .argParser(count)
        .default(20),
    )
    .addOption(
      new Option(
        '--wait <seconds>',
        'for the live projector to come to where the rebuilt tables are',
      )
        .argParser(count)
        .default(10),
    )
    .action(onEach<DiffOptions>(terminal, diffOne, 'ready'));
  onNames(projections.command('switch'))
    .description('put rebuilt tables in place of the live ones, which are kept')
    .action(onEach<Output>(terminal, switchTo, 'ready'));
  onNames(projections.command('rollback'))
    .description('put the tables back that the last switch replaced')
    .action(onEach<Output>(terminal, rollBackTo, 'replaced'));
  onNames(projections.command('drop-old'))
    .description('drop the tables that the last switch replaced')
    .action(onEach<Output>(terminal, dropOld, 'replaced'));
  return projections;
}
