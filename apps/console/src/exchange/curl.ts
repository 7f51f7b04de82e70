import type { ApiRequest, KeyHeader } from './api-request.ts';

/** Variable of the shell with the key of a program: a command never has the key itself. */
export const KEY_VARIABLE = 'IMPREST_KEY';

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const CREDENTIALS: Readonly<Record<KeyHeader, string>> = {
  authorization: `"Authorization: Bearer $${KEY_VARIABLE}"`,
  'x-api-key': `"x-api-key: $${KEY_VARIABLE}"`,
};

/**
 * A call as a command for a POSIX shell.
 * @param origin of the API, such as `https://imprest.example.com`
 */
export function curlOf(
  { method, path, headers, body }: ApiRequest,
  origin: string,
  keyHeader: KeyHeader = 'authorization',
): string {
  const verb = method === 'GET' ? '' : `-X ${method} `;
  const lines = [
    `curl ${verb}${quoted(origin + path)}`,
    `-H ${CREDENTIALS[keyHeader]}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
  ];
  return lines.join(' \\\n  ');
}
