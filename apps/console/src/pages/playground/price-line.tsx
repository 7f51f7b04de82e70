import { Group, Text } from '@mantine/core';
import { useBalance } from '../../api/tenant-queries.ts';
import { Tokens } from '../../components/index.ts';
import type { Estimate } from '../../playground/use-estimate.ts';

/** What a run will cost, and what there is. */
export function PriceLine({ estimate }: { estimate: Estimate }) {
  const { data: balance } = useBalance();
  const { tokens, source, error } = estimate;
  const isShort = tokens !== null && balance !== undefined && tokens > balance.available;
  return (
    <Group justify="space-between" gap="xs" aria-live="polite">
      <Text size="sm" c={error ? 'red' : undefined}>
        {error ? (
          error.message
        ) : (
          <>
            {tokens === null && 'Fill in the form to see the price.'}
            {tokens !== null && (
              <>
                {source === 'list' ? 'By the price list ' : 'It will hold '}
                <Tokens value={tokens} fw={600} /> tokens
              </>
            )}
          </>
        )}
      </Text>
      <Text size="sm" c={isShort ? 'red' : 'dimmed'}>
        Available <Tokens value={balance?.available ?? null} />
      </Text>
    </Group>
  );
}
