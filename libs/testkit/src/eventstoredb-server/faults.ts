/** What can go wrong, as the server makes it go wrong. All of it ends with `restore`. */
export interface FaultSettings {
  /** Answers to appends leave this much later; the events are written at once. */
  readonly delayAnswersMs: number;
  /** Appends are written, and nobody is told until `restore`, which sends what was held. */
  readonly holdAnswers: boolean;
  /** Appends are neither written nor answered. */
  readonly ignoreAppends: boolean;
  /** Appends are answered with this, and not written. */
  readonly refuse: 'busy' | 'notReady' | 'timeout' | 'accessDenied' | undefined;
  /** Subscriptions and reads send nothing. */
  readonly silentReads: boolean;
  /** New connections are closed at once; those there are stay. */
  readonly refuseConnections: boolean;
}

const NONE: FaultSettings = {
  delayAnswersMs: 0,
  holdAnswers: false,
  ignoreAppends: false,
  refuse: undefined,
  silentReads: false,
  refuseConnections: false,
};

export class Faults {
  private settings = NONE;
  private held: (() => void)[] = [];
  private readonly onChange = new Set<() => void>();

  get ignoreAppends(): boolean {
    return this.settings.ignoreAppends;
  }

  get refuse(): FaultSettings['refuse'] {
    return this.settings.refuse;
  }

  get silentReads(): boolean {
    return this.settings.silentReads;
  }

  get refuseConnections(): boolean {
    return this.settings.refuseConnections;
  }

  set(settings: Partial<FaultSettings>): void {
    this.settings = { ...this.settings, ...settings };
    for (const told of this.onChange) told();
  }

  restore(): void {
    this.set(NONE);
    for (const send of this.held.splice(0)) send();
  }

  /** Sends an answer to an append now, later, or when the faults are over. */
  answer(send: () => void): void {
    const { holdAnswers, delayAnswersMs } = this.settings;
    if (holdAnswers) this.held.push(send);
    else if (delayAnswersMs > 0) setTimeout(send, delayAnswersMs);
    else send();
  }

  /** Calls back after each change until the returned function is called. */
  onChanged(told: () => void): () => void {
    this.onChange.add(told);
    return () => this.onChange.delete(told);
  }
}
