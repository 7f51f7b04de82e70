import { Text, type TextProps } from '@mantine/core';
import { formatDecimal, formatTokens, fromMinorUnits, type WholeNumber } from '../format/amount.ts';

const EXACT = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const;

/** Tokens, exact. In a table the column is `align: 'right'`. */
export function Tokens({ value, ...props }: { value: WholeNumber | null } & TextProps) {
  return (
    <Text span inherit={props.size === undefined} style={EXACT} {...props}>
      {value === null ? '–' : formatTokens(value)}
    </Text>
  );
}

type Amount =
  | { readonly amount: string | null; readonly minorUnits?: undefined }
  | { readonly minorUnits: WholeNumber; readonly amount?: undefined };

/** Money, exact: `amount` as a decimal text or `minorUnits`, with the code of its currency. */
export function Money({
  amount,
  minorUnits,
  currency,
  ...props
}: Amount & { readonly currency: string } & TextProps) {
  const decimal = minorUnits === undefined ? amount : fromMinorUnits(minorUnits, currency);
  return (
    <Text span inherit={props.size === undefined} style={EXACT} {...props}>
      {decimal === null || decimal === undefined ? '–' : `${formatDecimal(decimal)} ${currency}`}
    </Text>
  );
}
