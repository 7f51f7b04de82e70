import type { ApiRequest, Json } from '../exchange/api-request.ts';
import { type DialectName, dialects, type OutputKind } from './dialects.ts';
import type { FieldValue, FormField, FormValues } from './form-field.ts';

function jsonOf(field: FormField, value: FieldValue): Json | undefined {
  if (value === '' || value === field.usual) return undefined;
  if (field.kind !== 'lines') return value;
  const lines = String(value)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.length > 0 ? lines : undefined;
}

function placed(body: Record<string, Json>, path: readonly string[], value: Json): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    body[name] = value;
    return;
  }
  const inner = { ...(body[name] as Record<string, Json> | undefined) };
  placed(inner, rest, value);
  body[name] = inner;
}

/** Body of a request: what was filled in, under the names of the dialect. */
export function bodyOf(fields: readonly FormField[], values: FormValues): Record<string, Json> {
  const body: Record<string, Json> = {};
  for (const field of fields) {
    const value = jsonOf(field, values[field.name] ?? '');
    if (value !== undefined) placed(body, field.name.split('.'), value);
  }
  return body;
}

export interface Asked {
  readonly dialect: DialectName;
  readonly kind: OutputKind;
  /** Alias of the model; null where the dialect chooses it. */
  readonly model: string | null;
  readonly fields: readonly FormField[];
  readonly values: FormValues;
}

/**
 * The request that makes what was asked for.
 * @param idempotencyKey the same for every repeat of one run, so that it is paid for once
 */
export function requestOf(asked: Asked, idempotencyKey: string): ApiRequest {
  const { dialect, kind, model, fields, values } = asked;
  const { paths } = dialects[dialect];
  const chosen: Record<string, Json> = model !== null && dialect !== 'xavira' ? { model } : {};
  // A task at once instead of the images later: so that they can be watched.
  const watched: Record<string, Json> = dialect === 'xenodia' ? { async: true } : {};
  return {
    method: 'POST',
    path: (kind === 'video' ? paths.video : undefined) ?? paths.image,
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: { ...chosen, ...bodyOf(fields, values), ...watched },
  };
}
