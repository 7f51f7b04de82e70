import type { EnvironmentReader } from '../environment-reader.js';
import { type EngineUrl, engineUrl, unknownOptions } from './engine-url.js';
import { isLoopback } from './host.js';

export interface S3Choice {
  readonly kind: 's3';
  readonly bucket: string;
  /** Put before every key; empty: nothing. */
  readonly prefix: string;
  /** Undefined: AWS. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly pathStyle: boolean | undefined;
  /** Undefined: the chain of the AWS SDK. */
  readonly credentials:
    | {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
      }
    | undefined;
}

export type AssetStoreChoice = { readonly kind: 'files' } | S3Choice;

const OPTIONS = ['endpoint', 'region', 'pathStyle'];
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9!_.*'()/-]{0,200}$/;
const REGION = /^[a-z0-9-]{1,40}$/;
/** What services other than AWS take for "wherever the bucket is". */
const ANY_REGION = 'us-east-1';

/** `files`, or `s3://bucket[/prefix][?endpoint=…][&region=…]`. */
export function assetStoreChoice(reader: EnvironmentReader, plaintext: boolean): AssetStoreChoice {
  const text = reader.text('ASSET_STORE') ?? 'files';
  if (text === 'files') return { kind: 'files' };
  const url = engineUrl(text);
  if (url?.scheme !== 's3' || url.credentials !== undefined || !BUCKET.test(url.hosts.join())) {
    reader.problems.push(
      'ASSET_STORE must be files or s3://bucket[/prefix][?endpoint=https://…][&region=…]; its credentials are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
    return { kind: 'files' };
  }
  const before = reader.problems.length;
  const choice = s3Choice(reader, url, plaintext);
  return reader.problems.length === before ? choice : { kind: 'files' };
}

function s3Choice(reader: EnvironmentReader, url: EngineUrl, plaintext: boolean): S3Choice {
  const refuse = (rule: string) => reader.problems.push(`ASSET_STORE: ${rule}`);
  const { options, path } = url;
  for (const name of unknownOptions(options, OPTIONS)) refuse(`${name} is no option of s3`);
  if (!PREFIX.test(path)) refuse("the prefix may have letters, digits and !_.*'()/- only");
  const endpoint = options.get('endpoint') ?? undefined;
  const region = options.get('region') ?? (endpoint === undefined ? '' : ANY_REGION);
  if (!REGION.test(region)) refuse('name the region of the bucket: region=eu-central-1');
  if (endpoint !== undefined) checkEndpoint(endpoint, plaintext, refuse);
  const pathStyle = options.get('pathStyle');
  if (pathStyle !== null && !['true', 'false'].includes(pathStyle)) {
    refuse('pathStyle must be true or false');
  }
  return {
    kind: 's3',
    bucket: url.hosts.join(),
    prefix: path,
    endpoint,
    region,
    pathStyle: pathStyle === null ? undefined : pathStyle === 'true',
    credentials: credentials(reader, endpoint !== undefined),
  };
}

function checkEndpoint(endpoint: string, plaintext: boolean, refuse: (rule: string) => void): void {
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    refuse('endpoint must be a URL that begins with https:// or http://');
    return;
  }
  const { protocol, hostname, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') refuse('endpoint must have no credentials in it');
  if (protocol === 'http:' && !plaintext && !isLoopback(hostname)) {
    refuse(
      'endpoint leads to another host without TLS. Use https, or set ALLOW_PLAINTEXT_ENGINES=true for a network of your own',
    );
  }
}

function credentials(reader: EnvironmentReader, required: boolean): S3Choice['credentials'] {
  const accessKeyId = reader.text('AWS_ACCESS_KEY_ID');
  const secretAccessKey = reader.text('AWS_SECRET_ACCESS_KEY');
  const sessionToken = reader.text('AWS_SESSION_TOKEN');
  if (accessKeyId === undefined && secretAccessKey === undefined && !required) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    reader.problems.push(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must both be set for ASSET_STORE=s3://…',
    );
    return undefined;
  }
  const session = sessionToken === undefined ? {} : { sessionToken };
  return { accessKeyId, secretAccessKey, ...session };
}
