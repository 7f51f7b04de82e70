/** What a process may lean on. `consumers`: the projectors and reactors it hosts. */
export type Part = 'database' | 'eventStore' | 'messageBus' | 'assetStore' | 'consumers';

export interface Service {
  readonly name: string;
  /** One of several processes that share their engines, rather than a whole product. */
  readonly split: boolean;
  /** Without any of these the process is unready: it could not keep what it is there for. */
  readonly needs: readonly Part[];
  /** Looked at and told beside them, without a say in readiness. */
  readonly mentions: readonly Part[];
}

/** docs/deploy.md has the reasons. */
export const services = {
  imprest: {
    name: 'imprest',
    split: false,
    needs: ['database', 'eventStore', 'consumers'],
    mentions: ['messageBus', 'assetStore'],
  },
  api: {
    name: 'api',
    split: true,
    needs: ['database', 'eventStore'],
    mentions: ['messageBus', 'assetStore', 'consumers'],
  },
  ledger: {
    name: 'ledger',
    split: true,
    needs: ['database', 'eventStore', 'messageBus', 'consumers'],
    mentions: [],
  },
  orchestrator: {
    name: 'orchestrator',
    split: true,
    needs: ['database', 'eventStore', 'assetStore'],
    mentions: ['messageBus', 'consumers'],
  },
  webhooks: {
    name: 'webhooks',
    split: true,
    needs: ['database', 'eventStore', 'messageBus', 'consumers'],
    mentions: [],
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof services;
