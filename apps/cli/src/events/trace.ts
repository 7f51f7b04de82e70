import { correlationOf, type EventStore } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { moment, tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';
import { eventJson, summary } from './event-text.js';
import { scan } from './scan.js';

/** One request through all services, in the order in which its facts were recorded. Exit code 1 when there is none. */
export async function trace(
  terminal: Terminal,
  store: EventStore,
  id: string,
  { json, from: after }: { readonly json?: boolean; readonly from?: bigint },
): Promise<void> {
  const correlationId = await correlationOf(store, id);
  const events: RecordedEvent[] = [];
  await scan(terminal, store, { after }, async (event) => {
    if (event.metadata.correlationId !== correlationId) return true;
    events.push(event);
    if (json) await terminal.printJson(eventJson(event));
    return true;
  });
  if (terminal.signal.aborted) return;
  if (events.length === 0) {
    terminal.say(`no event has the correlation id ${correlationId}`);
    terminal.exitCode = 1;
  } else if (!json) {
    await terminal.print(timeline(correlationId, events).join('\n'));
  }
}

function timeline(correlationId: string, events: readonly RecordedEvent[]): readonly string[] {
  const began = (events[0] as RecordedEvent).recordedAt;
  const columns = [
    { title: 'after', align: 'right' as const },
    { title: 'by' },
    { title: 'stream' },
    { title: 'fact' },
    { title: '' },
  ];
  const rows = events.map(({ recordedAt, metadata, stream, revision, type, data }) => [
    `${((recordedAt.getTime() - began.getTime()) / 1000).toFixed(3)} s`,
    `${metadata.actor.kind} ${metadata.actor.id}`,
    `${stream}@${revision}`,
    type,
    summary(data),
  ]);
  return [`${correlationId}, began ${moment(began)}`, '', ...tableLines(columns, rows)];
}
