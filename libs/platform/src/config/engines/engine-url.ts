export interface EngineUrl {
  readonly scheme: string;
  /** `user:password` as written, undefined when there is none. */
  readonly credentials: string | undefined;
  readonly hosts: readonly string[];
  /** Without slashes at its ends; empty when there is none. */
  readonly path: string;
  readonly options: URLSearchParams;
}

const PARTS = /^([a-z0-9+]+):\/\/(?:([^@/?]*)@)?([^/?@]*)(?:\/([^?]*))?(?:\?(.*))?$/;

/** An engine's URL, which unlike others may name several hosts. Undefined when the text is none. */
export function engineUrl(text: string): EngineUrl | undefined {
  const match = PARTS.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', credentials, hosts = '', path = '', options = ''] = match;
  return {
    scheme,
    credentials,
    hosts: hosts.split(','),
    path: path.replace(/^\/+|\/+$/g, ''),
    options: new URLSearchParams(options),
  };
}

/** Names of options that nobody knows: a typo must not pass as a default. */
export function unknownOptions(options: URLSearchParams, known: readonly string[]): string[] {
  return [...new Set(options.keys())].filter((name) => !known.includes(name));
}
