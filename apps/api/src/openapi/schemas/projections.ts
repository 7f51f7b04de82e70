import type { SchemaObject } from '@imprest/platform';
import { count, list, object, oneOf, orNull, text, timestamp } from './schema.js';

const number = (description: string) => ({ type: 'number', minimum: 0, description });
const position = text('Position in the event store.', { pattern: '^[0-9]+$' });

/** @param result and progress are what the kind of work has. */
export function run(progress: SchemaObject, result: SchemaObject): SchemaObject {
  return object('Work in the background.', {
    id: text('Id of the run.'),
    subject: text('What it is done to.'),
    state: oneOf(
      ['running', 'finished', 'failed', 'stopped'],
      '`stopped`: it was ended before its end, or its process died; start it again.',
    ),
    reason: { type: ['string', 'null'], description: 'Why, in the words of whoever began it.' },
    startedBy: text('Name of the operator, or id of the user.'),
    progress,
    result,
    error: { type: ['string', 'null'], description: 'Why it failed.' },
    startedAt: timestamp('When it began.'),
    changedAt: timestamp('When it last told.'),
    endedAt: orNull(timestamp('When it ended; null while it runs.')),
  });
}

/** How far reading the store is. */
export const readingProgress = orNull(
  object('How far it is; null until it first told.', {
    step: oneOf(['reading', 'indexing', 'catching up'], 'What it does.'),
    events: count('Events read.'),
    position,
    head: text('Where the reading will end.'),
    eventsPerSecond: number('The rate so far.'),
    etaSeconds: number('Seconds left at the rate so far.'),
  }),
);

export const rebuildRun = run(
  readingProgress,
  orNull(
    object(
      'What was built; null until it is.',
      {
        finished: { type: 'boolean', description: 'Whether everything up to the head was read.' },
        events: count('Events read.'),
        position,
        seconds: number('How long it took.'),
        resumedAt: { type: ['string', 'null'], description: 'Where an earlier build had stopped.' },
      },
      ['resumedAt'],
    ),
  ),
);

const rowDifference = object('A row that differs.', {
  kind: oneOf(['onlyLive', 'onlyStandby', 'differs'], 'How.'),
  key: { type: 'object', description: 'Its key, by column.' },
  columns: list(text('A column.'), 'Columns with other values.'),
});

const tableDifferences = object('One table beside the live one.', {
  table: text('Name of the live table.'),
  rows: object('Rows.', { live: count('Live.'), standby: count('Rebuilt.') }),
  counts: object('Rows that differ.', {
    onlyLive: count('Only in the live table.'),
    onlyStandby: count('Only in the rebuilt table.'),
    differs: count('In both, with other values.'),
  }),
  samples: list(rowDifference, 'The first 20 of each kind.'),
});

export const diffRun = run(
  { type: 'null', description: 'It tells nothing on its way.' },
  orNull(
    object('What differs; null until it is known.', {
      livePosition: position,
      standbyPosition: position,
      samePosition: { type: 'boolean', description: 'Whether both have the same events.' },
      parkedStreams: count('Streams whose events the live tables lack.'),
      tables: list(tableDifferences, 'Each table.'),
    }),
  ),
);

export const switchRun = run(
  { type: 'null', description: 'It tells nothing on its way.' },
  orNull(
    object('What was done; null until it is.', {
      position,
      replacedAt: position,
      attempts: count('Until no reader was in the way.'),
      lockedMs: number('For how long readers had to wait.'),
    }),
  ),
);

const dropRun = run(
  { type: 'null', description: 'It tells nothing on its way.' },
  { type: 'null', description: 'It leaves nothing.' },
);

const beside = orNull(
  object('Tables beside the live ones; null when there are none.', {
    phase: oneOf(
      ['filling', 'ready', 'replaced'],
      '`filling`: being built, or stopped while it was. `ready`: to be compared and switched. `replaced`: kept for a rollback.',
    ),
    position,
    events: count('Read to make them.'),
    startedAt: timestamp('When they were begun.'),
    changedAt: timestamp('When they last changed.'),
  }),
);

export const rebuildState = object('What is beside a projection.', {
  projection: text('Its name.'),
  beside,
  rebuild: orNull(rebuildRun),
  diff: orNull(diffRun),
  switch: orNull(switchRun),
  drop: orNull(dropRun),
});

export const projections = object('What is read from events.', {
  head: text('Position of the last event of the store.'),
  projections: list(
    object('A projection.', {
      projection: text('Its name.'),
      categories: list(text('A category of streams.'), 'What it reads.'),
      tables: list(
        object('A table.', {
          table: text('Its name.'),
          rows: orNull(count('About how many, as of the last analysis; null when never analysed.')),
        }),
        'What it fills.',
      ),
      state: oneOf(['current', 'behind', 'never ran'], 'Whether it has anything to do.'),
      position,
      eventsBehind: count(
        'Of the 2,000 events that follow on the consumer furthest behind; of one that stands behind those, positions up to the head.',
      ),
      secondsBehind: number('Age of the oldest event that it has not processed.'),
      parkedStreams: count('Streams with an event that it cannot process.'),
      beside,
      rebuild: orNull(rebuildRun),
    }),
    'All of them.',
  ),
});
