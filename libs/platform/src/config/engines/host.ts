const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether what is said to this host stays on this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** A host name, IPv4 address or bracketed IPv6 address, and perhaps a port. */
const HOST_AND_PORT =
  /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?$/;

export interface HostAndPort {
  readonly host: string;
  readonly port: number | undefined;
}

/** Undefined when the text is none. */
export function hostAndPort(text: string): HostAndPort | undefined {
  const match = HOST_AND_PORT.exec(text);
  if (match?.[1] === undefined) return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { host: match[1], port };
}
