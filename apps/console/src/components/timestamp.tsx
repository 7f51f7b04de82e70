import { Text, type TextProps, Tooltip } from '@mantine/core';
import { formatLocal, formatUtc } from '../format/time.ts';

/** A moment in UTC; where the reader is, in a tooltip. `at` is ISO 8601. */
export function Timestamp({ at, ...props }: { at: string | null | undefined } & TextProps) {
  if (!at) return <span>–</span>;
  return (
    <Tooltip
      label={`${formatLocal(at)} where you are`}
      events={{ hover: true, focus: false, touch: true }}
    >
      <Text
        component="time"
        dateTime={at}
        inherit={props.size === undefined}
        style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
        {...props}
      >
        {formatUtc(at)}
      </Text>
    </Tooltip>
  );
}
