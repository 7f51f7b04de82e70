/** One bad request and the only right answer to it. */
export interface BadRequest {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  /** JSON unless `raw` is given. */
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
}

const good = { endUserEmail: 'ada@example.com', prompt: 'A red bicycle by a wall' };
const at400 = { status: 400, code: 'validation_error' } as const;

function field(name: string, values: readonly unknown[], reported = name): BadRequest[] {
  return values.map((value) => ({
    what: `${name} = ${JSON.stringify(value)?.slice(0, 60) ?? 'undefined'}`,
    body: { ...good, [name]: value },
    ...at400,
    field: reported,
  }));
}

const required: BadRequest[] = [
  { what: 'empty object', body: {}, ...at400 },
  { what: 'no e-mail', body: { prompt: good.prompt }, ...at400, field: 'endUserEmail' },
  { what: 'no prompt', body: { endUserEmail: good.endUserEmail }, ...at400, field: 'prompt' },
];

const types: BadRequest[] = [
  ...field('endUserEmail', [
    null,
    1,
    true,
    [],
    {},
    '',
    'ada',
    'ada@',
    '@example.com',
    'a b@example.com',
    'ada@exa mple.com',
    `${'a'.repeat(300)}@example.com`,
    'ada@example.com\u0000',
    ['ada@example.com'],
  ]),
  ...field('prompt', [null, 1, false, [], {}, '', ' ', '\n\t ', ['x'], 'x'.repeat(8_001)]),
  ...field('model', [1, true, [], {}, '', 'nope', 'XSD4.5', 'x'.repeat(65), '../etc', 'xSD4.5 ']),
  ...field('size', [
    2,
    true,
    [],
    {},
    '',
    '1K',
    '2k',
    '8K',
    '2048',
    '2048x',
    'x2048',
    '2048X2048',
    '2048x2048x2',
    '0x0',
    '-2048x2048',
    '2048.5x2048',
    '1024x1024',
    '1896x1896',
    '4097x4097',
    '99999x99999',
    '8000x400',
    '400x8000',
    '16000x240',
    ' 2K',
    '2048 x 2048',
    '０２K',
    '1e3x1e4',
    '1'.repeat(17),
  ]),
  ...field('aspectRatio', [1, true, [], {}, '', '16:9', 'Square', 'wide']),
  ...field('n', [0, -1, 16, 1.5, '1', true, [], {}, 1e9, 2 ** 53]),
  ...field('seed', [-1, 1.5, '7', true, [], {}, 2 ** 32, 1e300]),
  ...field('watermark', ['true', 1, 0, [], {}]),
  ...field('guidanceScale', ['7.5', true, [], {}, -0.1, 30.1, 1e308]),
  ...field('responseFormat', [1, true, [], {}, '', 'b64', 'URL', 'base64']),
  ...field('sequential', [1, true, false, [], {}, '', 'on', 'AUTO']),
  ...field('sequentialOptions', [1, true, [], 'x']),
];

const combined: BadRequest[] = [
  ...[0, -1, 16, 1.5, '3', true].map((maxImages) => ({
    what: `maxImages = ${JSON.stringify(maxImages)}`,
    body: { ...good, sequential: 'auto', sequentialOptions: { maxImages } },
    ...at400,
    field: 'sequentialOptions.maxImages',
  })),
  {
    what: 'sequential with n',
    body: { ...good, sequential: 'auto', n: 2 },
    ...at400,
    field: 'sequential',
  },
  {
    what: 'references and n above 15',
    body: { ...good, n: 15, references: ['https://example.com/a.png'] },
    ...at400,
    field: 'n',
  },
  {
    what: 'references and maxImages above 15',
    body: {
      ...good,
      sequential: 'auto',
      sequentialOptions: { maxImages: 15 },
      references: ['https://example.com/a.png'],
    },
    ...at400,
    field: 'sequentialOptions.maxImages',
  },
];

export const hostileUrls = [
  '',
  'x',
  'example.com',
  '//example.com/a',
  'ftp://example.com/a',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  'http://example.com/a',
  'https://',
  'https://localhost/a',
  'https://10.0.0.1/a',
  'https://172.16.0.1/a',
  'https://192.168.1.1/a',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/a',
  'https://0.0.0.0/a',
  'https://[::1]/a',
  'https://[fd00::1]/a',
  'https://[fe80::1]/a',
  'https://[::ffff:10.0.0.1]/a',
  'https://[64:ff9b::a00:1]/a',
  'https://0x0a000001/a',
  'https://167772161/a',
  'https://012.0.0.1/a',
  'https://user:secret@example.com/a',
  'https://example.com:22/a',
  'https://example.com:6379/a',
  'https://intranet/a',
  'https://168.63.129.16/a',
  'https://224.0.0.1/a',
  'https://255.255.255.255/a',
  `https://example.com/${'a'.repeat(2_048)}`,
] as const;

const urls: BadRequest[] = [
  ...hostileUrls.map((url) => ({
    what: `webhookUrl = ${url.slice(0, 50)}`,
    body: { ...good, webhookUrl: url },
    ...at400,
    field: 'webhookUrl',
  })),
  ...hostileUrls.map((url) => ({
    what: `reference = ${url.slice(0, 50)}`,
    body: { ...good, references: [url] },
    ...at400,
  })),
  ...[1, true, {}, [1], [null], [], [['https://example.com/a.png']]].map((references) => ({
    what: `references = ${JSON.stringify(references)}`,
    body: { ...good, references },
    ...at400,
  })),
  {
    what: '11 references',
    body: {
      ...good,
      references: Array.from({ length: 11 }, (_, i) => `https://example.com/${i}.png`),
    },
    ...at400,
  },
  ...[1, true, {}, []].map((webhookUrl) => ({
    what: `webhookUrl = ${JSON.stringify(webhookUrl)}`,
    body: { ...good, webhookUrl },
    ...at400,
    field: 'webhookUrl',
  })),
];

const json = { 'content-type': 'application/json' };
const encoded = (bytes: readonly number[]) => Uint8Array.from(bytes);

const bodies: BadRequest[] = [
  ...[
    '',
    ' ',
    '{',
    '}',
    '{"prompt":',
    '[',
    'nul',
    '"',
    '{"prompt":"x",}',
    "{'prompt':'x'}",
    '{"a":1}{"b":2}',
    '\u0000',
    '<xml/>',
    'prompt=x',
  ].map((raw) => ({
    what: `broken JSON ${JSON.stringify(raw)}`,
    raw,
    headers: json,
    ...at400,
  })),
  ...['null', '[]', '1', '"x"', 'true', '[{}]'].map((raw) => ({
    what: `JSON that is no object: ${raw}`,
    raw,
    headers: json,
    ...at400,
  })),
  {
    what: 'prototype in the body',
    raw: '{"__proto__":{"admin":true},"endUserEmail":"ada@example.com","prompt":"x"}',
    headers: json,
    ...at400,
  },
  {
    what: 'constructor in the body',
    raw: '{"constructor":{"prototype":{"a":1}},"endUserEmail":"ada@example.com","prompt":"x"}',
    headers: json,
    ...at400,
  },
  { what: 'nested without end', raw: '['.repeat(50_000), headers: json, ...at400 },
  {
    what: 'bytes that are no UTF-8',
    raw: encoded([0x7b, 0xff, 0xfe, 0x7d]),
    headers: json,
    ...at400,
  },
  {
    what: 'UTF-16',
    raw: encoded([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    headers: json,
    ...at400,
  },
  {
    what: 'two megabytes',
    body: { ...good, prompt: 'x'.repeat(2 * 1024 * 1024) },
    status: 413,
    code: 'payload_too_large',
  },
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'image/png',
  ].map((type) => ({
    what: `content type ${type}`,
    raw: JSON.stringify(good),
    headers: { 'content-type': type },
    status: 415,
    code: 'unsupported_media_type',
  })),
];

const headers: BadRequest[] = [
  ...['x'.repeat(256), 'with space', 'tab\tinside', ''].map((key) => ({
    what: `Idempotency-Key ${JSON.stringify(key.slice(0, 20))}`,
    body: good,
    headers: { 'idempotency-key': key },
    ...at400,
    field: 'Idempotency-Key',
  })),
  ...[
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer x',
    'bearer imp_live_x',
    'imp_live_x',
    'Bearer imp_live_0000000000000000000000000000000000000',
    `Bearer ${'x'.repeat(5_000)}`,
    'Bearer imp_test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000',
    'Bearer null',
    'Bearer undefined',
  ].map((authorization) => ({
    what: `Authorization ${authorization.slice(0, 40)}`,
    body: good,
    headers: { authorization },
    status: 401,
    code: 'unauthorized',
  })),
];

const id = 'req_00000000000000000000000000';
const paths: BadRequest[] = [
  ...[
    id,
    'req_',
    'x',
    '%00',
    '..%2f..%2fetc',
    "'--",
    '%F0%9F%92%A3',
    'REQ_00000000000000000000000000',
    'a'.repeat(200),
  ].map((given) => ({
    what: `record ${given.slice(0, 30)}`,
    method: 'GET',
    path: `/v1/generations/${given}`,
    status: 404,
    code: 'not_found',
  })),
  ...['cancel', 'rerun'].map((action) => ({
    what: `${action} of nothing`,
    method: 'POST',
    path: `/v1/generations/${id}/${action}`,
    status: 404,
    code: 'not_found',
  })),
  {
    what: 'delete of nothing',
    method: 'DELETE',
    path: `/v1/generations/${id}`,
    status: 404,
    code: 'not_found',
  },
  {
    what: 'events of nothing',
    method: 'GET',
    path: `/v1/generations/${id}/events`,
    status: 404,
    code: 'not_found',
  },
  ...[
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=x',
    'limit=1.5',
    'limit=',
    'limit=1&limit=2',
    'cursor=!',
    'cursor=%00',
    'cursor=AAAA',
    `cursor=${'A'.repeat(300)}`,
    'status=done',
    'status=',
    'model=%00',
    'model=a%20b',
    'from=yesterday',
    'from=',
    'to=2026-13-45',
    'from=9999999999999',
    'endUserEmail=ada',
    'endUserEmail=%00@example.com',
  ].map((query) => ({
    what: `list ?${query.slice(0, 40)}`,
    method: 'GET',
    path: `/v1/generations?${query}`,
    ...at400,
  })),
  ...[
    'nobody@example.com',
    'nobody',
    '%00',
    'a%20b@example.com',
    `${'a'.repeat(250)}@example.com`,
  ].map((email) => ({
    what: `end user ${email.slice(0, 30)}`,
    method: 'GET',
    path: `/v1/end-users/${email}`,
    status: 404,
    code: 'not_found',
  })),
  ...['block', 'unblock'].map((action) => ({
    what: `${action} of an end user never seen`,
    method: 'POST',
    path: `/v1/end-users/nobody@example.com/${action}`,
    body: {},
    status: 404,
    code: 'not_found',
  })),
  ...[
    '/v1/nope',
    '/v2/generations',
    '/',
    '/v1/generations/a/b/c',
    '/admin',
    '/v1//generations',
  ].map((path) => ({
    what: `route ${path}`,
    method: 'GET',
    path,
    status: 404,
    code: 'not_found',
  })),
  ...['/admin/v1/tenants', '/admin/v1/ledger/trial-balance'].map((path) => ({
    what: `operator's route ${path} with a tenant's key`,
    method: 'GET',
    path,
    status: 401,
    code: 'unauthorized',
  })),
  ...[
    '?exp=1&kid=k1&sig=x',
    '',
    '?exp=9999999999&kid=k1&sig=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ].map((query) => ({
    what: `asset ${query.slice(0, 20)}`,
    method: 'GET',
    path: `/assets/img_x${query}`,
    status: 404,
    code: 'not_found',
  })),
];

export const badRequests: readonly BadRequest[] = [
  ...required,
  ...types,
  ...combined,
  ...urls,
  ...bodies,
  ...headers,
  ...paths,
];
