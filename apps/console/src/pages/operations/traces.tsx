import { Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  CopyableId,
  DataTable,
  EmptyState,
  IdForm,
  PageHeader,
  useTableState,
} from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { traceOf } from '../../operations/trace.ts';
import { TraceAxis } from './trace-axis.tsx';
import { TRACE_COLUMNS } from './trace-columns.tsx';

type Found = AnswerOf<'/admin/v1/traces/{traceId}'>;

function useTrace(id: string | undefined, position: string | undefined) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ['traces', id, position],
    queryFn: () => {
      const query = position === undefined ? {} : { position };
      const params = { path: { traceId: id ?? '' }, query };
      return answerOf(api.GET('/admin/v1/traces/{traceId}', { params }));
    },
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
  });
}

function nextOf({ finished, position }: Found): string | null {
  return finished ? null : position;
}

function Trace({ id }: { id: string }) {
  const state = useTableState();
  const { data, error, isFetching, refetch } = useTrace(id, state.cursor);
  const { lanes, durationMs } = traceOf(data?.events ?? []);
  const rows = lanes.flatMap(({ service, events }) => events.map((each) => ({ ...each, service })));
  const inOrder = rows.sort((left, right) => left.offsetMs - right.offsetMs);
  return (
    <Stack>
      {lanes.length > 0 && (
        <>
          <div>
            {inOrder.length} events within {formatDuration(durationMs)}, of the request{' '}
            <CopyableId id={data?.correlationId} />
          </div>
          <TraceAxis lanes={lanes} durationMs={durationMs} />
        </>
      )}
      <DataTable
        caption="Events of the request"
        columns={TRACE_COLUMNS}
        rows={{
          data: data && { rows: inOrder, nextCursor: nextOf(data) },
          error,
          isFetching,
          refetch,
        }}
        rowKey={({ event }) => event.position}
        state={state}
        empty={
          <EmptyState title="No event of this request">
            {data?.finished === false
              ? 'More of the store is left to look at: go on with the next page.'
              : 'A request that changed nothing leaves none; of the last 24 hours all were looked at.'}
          </EmptyState>
        }
      />
    </Stack>
  );
}

export function TracesPage() {
  const { id } = useTableState().filters;
  return (
    <>
      <PageHeader
        title="Traces"
        description="One request through all services, on one axis of time: by the id of its generation, or by the X-Request-Id of any answer."
      />
      <IdForm id={id} label="Generation or request" placeholder="req_…" submitLabel="Follow" />
      {id === undefined ? (
        <EmptyState title="Which request?">Paste its id above.</EmptyState>
      ) : (
        <Trace id={id} />
      )}
    </>
  );
}
