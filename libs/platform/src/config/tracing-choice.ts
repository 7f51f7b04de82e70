import type { EnvironmentReader } from './environment-reader.js';

export interface TracingChoice {
  /** Where spans are posted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Share of traces begun here that are recorded, 0 to 1. */
  readonly ratio: number;
}

function headers(reader: EnvironmentReader): Readonly<Record<string, string>> {
  const pairs = reader.text('OTEL_EXPORTER_OTLP_HEADERS')?.split(',') ?? [];
  const parsed: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^\s*([A-Za-z0-9-]+)\s*=\s*([\x20-\x7e]*?)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      reader.problems.push('OTEL_EXPORTER_OTLP_HEADERS must be name=value, comma-separated');
      return {};
    }
    parsed[name.toLowerCase()] = value;
  }
  return parsed;
}

/** The names are those of OpenTelemetry, so that what operators know holds here. */
export function tracingChoice(reader: EnvironmentReader): TracingChoice | undefined {
  const endpoint = reader.text('OTEL_EXPORTER_OTLP_ENDPOINT');
  const ratio = reader.fraction('OTEL_TRACES_SAMPLER_ARG', 1);
  const given = headers(reader);
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    reader.problems.push(
      'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL that begins with http:// or https://',
    );
    return undefined;
  }
  return { url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: given, ratio };
}
