import { Badge } from '@mantine/core';

const COLORS: Readonly<Record<string, readonly string[]>> = {
  green: [
    'succeeded',
    'delivered',
    'credited',
    'confirmed',
    'active',
    'enabled',
    'healthy',
    'ready',
    'ok',
    'live',
    'closed',
    'balanced',
    'verified',
    'resolved',
    'allowed',
    'paid',
    'running',
  ],
  blue: [
    'processing',
    'leased',
    'open',
    'pending',
    'requested',
    'rebuilding',
    'sending',
    'draining',
  ],
  gray: [
    'queued',
    'waiting',
    'expired',
    'cancelled',
    'erased',
    'deleted',
    'disabled',
    'rotated',
    'lapsed',
    'cordoned',
    'stopped',
    'skipped',
    'idle',
  ],
  yellow: [
    'under_review',
    'retrying',
    'lagging',
    'review',
    'disputed',
    'parked',
    'half_open',
    'frozen',
  ],
  red: [
    'failed',
    'refused',
    'blocked',
    'revoked',
    'charged_back',
    'dead',
    'lost',
    'exhausted',
    'broken',
    'unhealthy',
    'taken_down',
    'tripped',
  ],
};

const COLOR_OF = new Map(
  Object.entries(COLORS).flatMap(([color, words]) => words.map((word) => [word, color] as const)),
);

/** A state as the API names it. The word says it; the colour helps the eye. */
export function StatusBadge({ status, color }: { status: string; color?: string }) {
  return (
    <Badge
      variant="light"
      autoContrast
      color={color ?? COLOR_OF.get(status) ?? 'gray'}
      tt="none"
      miw="max-content"
    >
      {status.replaceAll('_', ' ')}
    </Badge>
  );
}
