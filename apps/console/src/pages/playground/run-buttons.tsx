import { Button, Group, NumberInput } from '@mantine/core';
import { IconGridDots, IconPlayerPlay } from '@tabler/icons-react';

const MOST_SEEDS = 9;

interface RunButtonsProps {
  readonly isReady: boolean;
  readonly isSending: boolean;
  /** How many seeds to compare; null where a caller has no say in the seed. */
  readonly seeds: number | null;
  readonly onSeeds: (count: number) => void;
  readonly onRun: () => void;
  readonly onCompare: () => void;
}

/** Runs what the form asks for, once or with several seeds side by side. */
export function RunButtons(props: RunButtonsProps) {
  const { isReady, isSending, seeds, onSeeds, onRun, onCompare } = props;
  return (
    <Group align="flex-end" gap="xs">
      <Button
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        disabled={!isReady}
        loading={isSending}
        onClick={onRun}
      >
        Run
      </Button>
      {seeds !== null && (
        <Group align="flex-end" gap="xs" wrap="nowrap" ml="auto">
          <NumberInput
            label="Seeds"
            w={72}
            min={2}
            max={MOST_SEEDS}
            allowDecimal={false}
            value={seeds}
            onChange={(count) => typeof count === 'number' && onSeeds(count)}
          />
          <Button
            variant="default"
            leftSection={<IconGridDots size={18} aria-hidden />}
            disabled={!isReady || isSending}
            onClick={onCompare}
          >
            Compare
          </Button>
        </Group>
      )}
    </Group>
  );
}
