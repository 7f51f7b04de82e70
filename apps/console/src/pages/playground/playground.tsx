import { Grid, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState, ErrorNotice, PageHeader, QueryView } from '../../components/index.ts';
import { missingFields, seedField } from '../../playground/form-field.ts';
import type { Run } from '../../playground/run.ts';
import { randomSeed, seedsFrom } from '../../playground/seeds.ts';
import { useEstimate } from '../../playground/use-estimate.ts';
import { useForm } from '../../playground/use-form.ts';
import { useRuns } from '../../playground/use-runs.ts';
import { useHasRole } from '../../session/use-tenant.ts';
import { PriceLine } from './price-line.tsx';
import { RequestForm } from './request-form.tsx';
import { RunButtons } from './run-buttons.tsx';
import { RunCard } from './run-card.tsx';
import { TargetPicker } from './target-picker.tsx';

interface RunListProps {
  readonly runs: readonly Run[];
  readonly onAgain: (run: Run) => void;
  readonly onRemix: (run: Run) => void;
}

function RunList({ runs, onAgain, onRemix }: RunListProps) {
  if (runs.length === 0) {
    return (
      <EmptyState title="Nothing was run yet" icon={IconPlayerPlay}>
        Write a prompt and press Run: progress, output, cost and the very request show up here. What
        runs here is paid for like any other request.
      </EmptyState>
    );
  }
  const isCompared = runs.some(({ seed }) => seed !== null);
  return (
    <SimpleGrid cols={isCompared ? { base: 1, xl: 2 } : 1}>
      {runs.map((run) => (
        <RunCard key={run.key} run={run} onAgain={onAgain} onRemix={onRemix} />
      ))}
    </SimpleGrid>
  );
}

type Form = ReturnType<typeof useForm>;
type Runs = ReturnType<typeof useRuns>;

function FormPanel({ form, runs: { start, isSending } }: { form: Form; runs: Runs }) {
  const { asked, target } = form;
  const [seeds, setSeeds] = useState(4);
  const estimate = useEstimate(asked, target.model);
  const seed = seedField(asked.fields);
  const missing = missingFields(asked.fields, asked.values);
  const compare = () => {
    const first = seed && asked.values[seed.name];
    void start(asked, seedsFrom(typeof first === 'number' ? first : randomSeed(), seeds));
  };
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <QueryView query={form.models}>
          {(models) => <TargetPicker target={target} models={models} onChange={form.setTarget} />}
        </QueryView>
        <ErrorNotice error={form.remixError} />
        <RequestForm fields={asked.fields} values={asked.values} onChange={form.setValue} />
        <PriceLine estimate={estimate} />
        <RunButtons
          isReady={asked.fields.length > 0 && missing.length === 0}
          isSending={isSending}
          seeds={seed === undefined ? null : seeds}
          onSeeds={setSeeds}
          onRun={() => void start(asked)}
          onCompare={compare}
        />
        {seed !== undefined && (
          <Text size="xs" c="dimmed">
            Compare runs it once for each seed, and each run is paid for.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** Tries requests in any dialect, with their price before and everything that is said after. */
export function PlaygroundPage() {
  const form = useForm();
  const runs = useRuns();
  const mayAsk = useHasRole('developer');
  return (
    <>
      <PageHeader
        title="Playground"
        description="The same requests that a program sends, with a form in place of a key."
      />
      {mayAsk ? (
        <Grid>
          <Grid.Col span={{ base: 12, md: 5, xl: 4 }}>
            <FormPanel form={form} runs={runs} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7, xl: 8 }}>
            <RunList
              runs={runs.runs}
              onAgain={({ asked }) => void runs.start(asked)}
              onRemix={({ asked }) => form.takeOver(asked)}
            />
          </Grid.Col>
        </Grid>
      ) : (
        <EmptyState title="The playground spends tokens">
          It is for owners and developers of the tenant: ask its owner for that role.
        </EmptyState>
      )}
    </>
  );
}
