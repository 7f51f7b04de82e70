/** The arrows of docs/architecture.md, as rules that fail the build. */
const lib = (name) => `^libs/${name}/src`;
const adapters =
  '^libs/(event-store-|message-bus-|work-queue-|read-models|asset-store-|data-keys-|moderator-|provider-(simulator|openai-images|comfyui|cog)|payment-(btcpay|manual|stripe)|outgoing-http|postgres-embedded)';
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'A decision that can reach a clock, a socket or a framework cannot be replayed.',
      severity: 'error',
      from: { path: lib('domain'), pathNot: '\\.spec\\.ts$' },
      to: { pathNot: lib('domain') },
    },
    {
      name: 'catalogue-sees-domain-only',
      comment: 'The catalogue names what the domain says; engines come after it.',
      severity: 'error',
      from: { path: lib('event-catalogue'), pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(domain|event-catalogue)/' },
    },
    {
      name: 'application-sees-ports-only',
      comment: 'Use cases are bound to adapters in libs/platform, never by import.',
      severity: 'error',
      from: { path: lib('application'), pathNot: '\\.(spec|fixtures)\\.ts$' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(domain|event-catalogue|application)/' },
    },
    {
      name: 'application-sees-no-engine',
      comment: 'Only the mediator and the injection decorators of Nest may be known here.',
      severity: 'error',
      from: { path: lib('application'), pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@nestjs/(common|cqrs)|@imprest)/' },
    },
    {
      name: 'adapters-do-not-meet',
      comment:
        'Swapping one engine must touch one folder; outgoing-http is the one guard all share.',
      severity: 'error',
      from: {
        path: '^libs/([^/]+)/src',
        pathNot: '^libs/(domain|event-catalogue|application|testkit|platform)/|\\.spec\\.ts$',
      },
      to: {
        path: adapters,
        pathNot: ['^libs/$1/', '^libs/outgoing-http/'],
      },
    },
    {
      name: 'one-driver-one-home',
      comment: 'typeorm lives in the read models and the place that wires them.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '^(libs/(read-models|platform)|apps/ledger)/|\\.spec\\.ts$',
      },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'kafkajs-lives-in-its-bus',
      comment: 'It is hardly maintained any more: replacing it must touch one lib.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/message-bus-kafka/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'eventstoredb-client-one-home',
      comment: 'The client has a successor: replacing it must touch one folder, and the stand-in.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/(event-store-eventstoredb|testkit)/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'no-deep-import',
      comment:
        'Another package is reached through its exports only; that is what makes it a boundary.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: {
        path: '^(libs|apps)/[^/]+/src/',
        pathNot: [
          '^$1/$2/',
          '^(libs|apps)/[^/]+/src/(index|[a-z-]+\\.module)\\.ts$',
          '^libs/testkit/src/(cuttable-proxy|domain|postgres-database|(arbitraries|conformance|eventstoredb-server|projections|providers|worked-month)/index)\\.ts$',
        ],
      },
    },
    {
      name: 'apps-are-islands',
      comment: 'Only the composed program may know the others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(imprest)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-know-apps',
      comment: 'The arrow ends at the apps.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'dialects-are-islands',
      comment: 'A dialect is two mappers and an error table; sharing goes through application.',
      severity: 'error',
      from: { path: '^apps/api/src/dialects/([^/]+)/' },
      to: { path: '^apps/api/src/dialects/', pathNot: '^apps/api/src/dialects/$1/' },
    },
    {
      name: 'testkit-stays-in-tests',
      comment: 'Production code must not lean on doubles.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/testkit/|\\.(spec|fixtures)\\.ts$' },
      to: { path: lib('testkit') },
    },
    {
      name: 'sdk-stands-alone',
      comment:
        'It is published by itself: other packages, and Node where browsers load it, would be missing.',
      severity: 'error',
      from: { path: lib('sdk'), pathNot: '\\.spec\\.ts$|/webhooks/' },
      to: { pathNot: lib('sdk') },
    },
    {
      name: 'sdk-webhooks-need-node-alone',
      comment: 'The half of it that receivers load may know node:crypto and nothing else.',
      severity: 'error',
      from: { path: `${lib('sdk')}/webhooks/`, pathNot: '\\.spec\\.ts$' },
      to: { pathNot: `${lib('sdk')}|^(node:)?crypto$` },
    },
    {
      name: 'console-knows-the-api-alone',
      comment: 'It calls what anyone can call: of the workspace it may know what is published.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(libs|apps)/', pathNot: '^(apps/console|libs/sdk)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules|dist' },
    exclude: { path: 'dist/|node_modules/\\.cache' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'node', 'default'],
      mainFields: ['module', 'main'],
    },
  },
};
