import { embedded } from './embedded.js';
import { onEventStoreDbAndKafka, onKafka, split } from './split.js';

export type Environment = Readonly<Record<string, string>>;

/** The running product, whichever processes and engines it is made of. */
export interface Deployment {
  /** Address of its first API process. */
  readonly url: string;
  readonly adminKey: string;
  /** Starts another API process beside the first; undefined where there is room for one only. */
  anotherApi?(): Promise<string>;
  /** What its processes have printed so far. */
  output(): string;
  dispose(): Promise<void>;
}

/** What README.md calls deployment modes; the suite gives the same results in each. */
const modes = {
  embedded,
  split,
  kafka: onKafka,
  'eventstoredb-kafka': onEventStoreDbAndKafka,
} as const satisfies Readonly<Record<string, (environment: Environment) => Promise<Deployment>>>;

export type DeploymentMode = keyof typeof modes;

declare module 'vitest' {
  interface ProvidedContext {
    deploymentMode: DeploymentMode;
  }
}

/** Starts the product as the mode wants it, with this much of configuration beside. */
export const deploy = (mode: DeploymentMode, environment: Environment = {}): Promise<Deployment> =>
  modes[mode](environment);
