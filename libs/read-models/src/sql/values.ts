import { arrayLiteral, type SqlValue } from './array-literal.js';

export const isArrayType = (type: string) => type.endsWith('[]');

/** How a column's values are written as PostgreSQL reads them from text. */
export function encoderOf(type: string): (value: unknown) => SqlValue {
  const encode = presentEncoderOf(type);
  return (value) => (value === null || value === undefined ? null : encode(value));
}

function presentEncoderOf(type: string): (value: unknown) => SqlValue {
  if (isArrayType(type)) {
    return (value) => storable(arrayLiteral(value as readonly SqlValue[]));
  }
  switch (type) {
    case 'text':
      return (value) => storable(value as string);
    case 'json':
      return (value) => JSON.stringify(value);
    case 'bytea':
      return (value) => `\\x${(value as Buffer).toString('hex')}`;
    case 'timestamptz':
      return (value) => (value as Date).toISOString();
    default:
      return (value) => value as SqlValue;
  }
}

/** PostgreSQL's text holds no NUL; refusing it would stop the projector at this event for ever. */
function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

/** What node-postgres read from a column, as the entity declares it. */
export function decoded(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (type === 'bigint') return BigInt(value as string);
  if (type === 'bigint[]') return (value as string[]).map(BigInt);
  return value;
}
