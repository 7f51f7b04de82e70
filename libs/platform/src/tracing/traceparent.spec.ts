import { describe, expect, it } from 'vitest';
import { formatTraceparent, parseTraceparent } from './traceparent.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('traceparent', () => {
  it.each(['00', '01'])('with flags %s comes back as it was', (flags) => {
    const text = `00-${traceId}-${spanId}-${flags}`;
    const parsed = parseTraceparent(text);

    expect(parsed).toEqual({ traceId, spanId, traceFlags: Number(flags), isRemote: true });
    expect(parsed && formatTraceparent(parsed)).toBe(text);
  });

  it.each([
    undefined,
    '',
    `00-${traceId}-${spanId}`,
    `01-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
  ])('is not %s', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});
