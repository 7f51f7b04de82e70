import type { Config } from '../config/index.js';
import { noTracing, type Tracing } from './tracing.js';

/** Tracing as configured. Nothing of OpenTelemetry is loaded while it is off. */
export async function openTracing(
  { tracing }: Pick<Config, 'tracing'>,
  service: string,
): Promise<Tracing> {
  if (tracing === undefined) return noTracing;
  const { openTelemetry } = await import('./open-telemetry.js');
  return openTelemetry(tracing, service);
}
