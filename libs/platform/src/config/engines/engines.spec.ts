import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config.js';
import { ConfigError, type Environment } from '../environment-reader.js';

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const s3 = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-to-be-seen' };
const plaintext = { ALLOW_PLAINTEXT_ENGINES: 'true' };

describe('EVENT_STORE', () => {
  it.each([
    'esdb://admin:changeit@node1.example.com:2113,node2.example.com:2113?tls=true',
    'esdb://node.example.com',
    'esdb+discover://cluster.example.com:2113',
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://localhost:2113?tls=false',
    'esdb://[::1]:2113?tls=false',
  ])('takes %s as it is', (connectionString) => {
    expect(loadConfig({ EVENT_STORE: connectionString }).eventStore).toEqual({
      kind: 'eventstoredb',
      connectionString,
    });
  });

  it.each([
    'memory',
    'esdb:',
    'esdb://',
    'esdb://host:99999',
    'http://node.example.com',
    'esdb://a,,b',
  ])('refuses %s', (value) => {
    expect(problemsOf({ EVENT_STORE: value })).toEqual([
      expect.stringMatching(/^EVENT_STORE must be postgres or esdb:/),
    ]);
  });

  it('refuses a store on another host without TLS unless that is allowed', () => {
    const environment = { EVENT_STORE: 'esdb://127.0.0.1,events.example.com:2113?tls=false' };

    expect(problemsOf(environment)).toEqual([
      expect.stringMatching(/^EVENT_STORE has tls=false and leads to another host/),
    ]);
    expect(problemsOf({ ...environment, ...plaintext })).toEqual([]);
  });
});

describe('MESSAGE_BUS', () => {
  it('takes brokers', () => {
    expect(loadConfig({ MESSAGE_BUS: 'kafka://127.0.0.1:9092,localhost:9093' }).messageBus).toEqual(
      {
        kind: 'kafka',
        brokers: ['127.0.0.1:9092', 'localhost:9093'],
        tls: false,
        sasl: undefined,
        prefix: 'imprest',
      },
    );
  });

  it('takes TLS and a user', () => {
    const environment = {
      MESSAGE_BUS: 'kafka://broker.example.com:9092?tls=true&sasl=scram-sha-512',
      KAFKA_USERNAME: 'imprest',
      KAFKA_PASSWORD: 'not-to-be-seen',
    };

    expect(loadConfig(environment).messageBus).toMatchObject({
      tls: true,
      sasl: { mechanism: 'scram-sha-512', username: 'imprest', password: 'not-to-be-seen' },
    });
  });

  it.each([
    'kafka',
    'kafka://',
    'kafka://broker.example.com',
    'kafka://127.0.0.1:9092/topic',
    'kafka://user:password@127.0.0.1:9092',
    'kafka://127.0.0.1:9092?tsl=true',
    'kafka://127.0.0.1:9092?tls=yes',
  ])('refuses %s', (value) => {
    expect(problemsOf({ MESSAGE_BUS: value })).toEqual([
      expect.stringMatching(/^MESSAGE_BUS must be direct or kafka:/),
    ]);
  });

  it('refuses a user without a password, and a mechanism nobody knows', () => {
    const bus = (sasl: string) => `kafka://127.0.0.1:9092?sasl=${sasl}`;

    expect(problemsOf({ MESSAGE_BUS: bus('plain'), KAFKA_USERNAME: 'imprest' })).toEqual([
      'MESSAGE_BUS has sasl=plain: set KAFKA_USERNAME and KAFKA_PASSWORD',
    ]);
    expect(problemsOf({ MESSAGE_BUS: bus('gssapi') })).toEqual([
      expect.stringMatching(/^MESSAGE_BUS: sasl must be one of/),
    ]);
  });

  it('refuses brokers on other hosts without TLS unless that is allowed', () => {
    const environment = { MESSAGE_BUS: 'kafka://broker:9092' };

    expect(problemsOf(environment)).toEqual([
      expect.stringMatching(/^MESSAGE_BUS leads to another host without tls=true/),
    ]);
    expect(problemsOf({ ...environment, ...plaintext })).toEqual([]);
  });
});

describe('ASSET_STORE', () => {
  it('takes a bucket of a service, with a prefix', () => {
    const ASSET_STORE = 's3://images/imprest/live/?endpoint=https://minio.example.com:9000';

    expect(loadConfig({ ASSET_STORE, ...s3 }).assetStore).toEqual({
      kind: 's3',
      bucket: 'images',
      prefix: 'imprest/live',
      endpoint: 'https://minio.example.com:9000',
      region: 'us-east-1',
      pathStyle: undefined,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-to-be-seen' },
    });
  });

  it('takes a bucket of AWS, with credentials or with those of the machine', () => {
    const ASSET_STORE = 's3://images?region=eu-central-1';

    expect(loadConfig({ ASSET_STORE }).assetStore).toMatchObject({
      endpoint: undefined,
      region: 'eu-central-1',
      credentials: undefined,
    });
    expect(
      loadConfig({ ASSET_STORE, ...s3, AWS_SESSION_TOKEN: 'session' }).assetStore,
    ).toMatchObject({ credentials: { sessionToken: 'session' } });
  });

  it.each([
    ['s3://', /^ASSET_STORE must be/],
    ['s3://Images?region=eu-central-1', /^ASSET_STORE must be/],
    ['s3://key:secret@images?region=eu-central-1', /^ASSET_STORE must be/],
    ['gs://images', /^ASSET_STORE must be/],
    ['s3://images', /^ASSET_STORE: name the region/],
    ['s3://images?region=eu-central-1&acl=public', /^ASSET_STORE: acl is no option/],
    ['s3://images?region=eu-central-1&pathStyle=maybe', /^ASSET_STORE: pathStyle must/],
    ['s3://images?endpoint=minio:9000', /^ASSET_STORE: endpoint must be a URL/],
    [
      's3://images?endpoint=https://key:secret@minio.example.com',
      /^ASSET_STORE: endpoint must have no/,
    ],
    [
      's3://images?endpoint=http://minio:9000',
      /^ASSET_STORE: endpoint leads to another host without/,
    ],
  ])('refuses %s', (value, problem) => {
    expect(problemsOf({ ASSET_STORE: value, ...s3 })).toEqual([expect.stringMatching(problem)]);
  });

  it('needs both credentials with an endpoint, and half of them never do', () => {
    const rule = expect.stringMatching(/^AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must both/);
    const ASSET_STORE = 's3://images?endpoint=http://127.0.0.1:9000';

    expect(problemsOf({ ASSET_STORE })).toEqual([rule]);
    const half = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' };
    expect(problemsOf({ ASSET_STORE: 's3://images?region=eu-central-1', ...half })).toEqual([rule]);
    expect(problemsOf(half)).toEqual([]);
  });
});

describe('tracing', () => {
  it('is off until a collector is named', () => {
    expect(loadConfig({ OTEL_TRACES_SAMPLER_ARG: '0.5' }).tracing).toBeUndefined();
  });

  it('takes the base URL of a collector, its headers and a share', () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer abc, x-team = images',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    };

    expect(loadConfig(environment).tracing).toEqual({
      url: 'https://collector.example.com:4318/v1/traces',
      headers: { authorization: 'Bearer abc', 'x-team': 'images' },
      ratio: 0.1,
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });
});
