import { Group, Paper, SimpleGrid, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { OPERATOR_BASE } from '../../api/clients.ts';
import { DownloadLink, PageHeader } from '../../components/index.ts';

const FORMATS = [
  {
    format: 'csv',
    name: 'CSV',
    ending: 'csv',
    text: 'A line for each posting, for a spreadsheet.',
  },
  {
    format: 'jsonl',
    name: 'JSON Lines',
    ending: 'jsonl',
    text: 'A document for each entry, for programs.',
  },
  {
    format: 'hledger',
    name: 'hledger',
    ending: 'journal',
    text: 'A journal that passes hledger check; a late entry has two dates.',
  },
  {
    format: 'beancount',
    name: 'beancount',
    ending: 'beancount',
    text: 'A file that passes bean-check.',
  },
  {
    format: 'focus',
    name: 'FOCUS 1.2',
    ending: 'csv',
    text: 'Rows of FinOps FOCUS: purchases billed at once, use at what it is worth.',
  },
] as const;

type Limit = 'from' | 'to' | 'tenantId';

const LIMITS: readonly { id: Limit; label: string; type: 'month' | 'text'; description: string }[] =
  [
    {
      id: 'from',
      label: 'First month',
      type: 'month',
      description: 'The first of all when empty.',
    },
    {
      id: 'to',
      label: 'Last month',
      type: 'month',
      description: 'Inclusive; the last of all when empty.',
    },
    { id: 'tenantId', label: 'Tenant', type: 'text', description: 'All of them when empty.' },
  ];

export function ExportsPage() {
  const [limits, setLimits] = useState<Record<Limit, string>>({ from: '', to: '', tenantId: '' });
  const span = [limits.from, limits.to, limits.tenantId].filter(Boolean).join('-') || 'all';
  return (
    <>
      <PageHeader
        title="Exports"
        description="The journal to take away, month by month. An entry that became known after its month was closed is in the month that took it."
      />
      <Group mb="lg" align="flex-start">
        {LIMITS.map(({ id, ...input }) => (
          <TextInput
            key={id}
            {...input}
            value={limits[id]}
            onChange={({ currentTarget: { value } }) =>
              setLimits((before) => ({ ...before, [id]: value.trim() }))
            }
          />
        ))}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }}>
        {FORMATS.map(({ format, name, ending, text }) => (
          <Paper key={format} withBorder p="md">
            <Title order={2} size="h5">
              {name}
            </Title>
            <Text size="sm" c="dimmed" my="xs">
              {text}
            </Text>
            <DownloadLink
              path={`${OPERATOR_BASE}/admin/v1/ledger/export`}
              query={{ format, ...limits }}
              filename={`journal-${span}.${ending}`}
            >
              {name}
            </DownloadLink>
          </Paper>
        ))}
      </SimpleGrid>
    </>
  );
}
