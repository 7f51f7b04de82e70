interface Receiver {
  busy: number;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
}

/** Lets so many deliveries at a time go to one receiver; the others wait in line. */
export class ReceiverTurns {
  private readonly receivers = new Map<string, Receiver>();

  constructor(private readonly atOnce: number) {}

  /** @returns false when it was not this delivery's turn within the time; else `end` ends it */
  async begin(origin: string, longestWaitMs: number): Promise<boolean> {
    const receiver = this.receivers.get(origin) ?? { busy: 0, waiting: new Set() };
    this.receivers.set(origin, receiver);
    if (receiver.busy >= this.atOnce) return waitIn(receiver.waiting, longestWaitMs);
    receiver.busy += 1;
    return true;
  }

  /** The turn goes to whoever waits longest. */
  end(origin: string): void {
    const receiver = this.receivers.get(origin);
    if (receiver === undefined) throw new Error(`${origin} has no turn to end`);
    const [next] = receiver.waiting;
    if (next !== undefined) next();
    else if (receiver.busy > 1) receiver.busy -= 1;
    else this.receivers.delete(origin);
  }
}

function waitIn(line: Set<() => void>, longestWaitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = (isItsTurn: boolean) => {
      clearTimeout(timer);
      line.delete(go);
      resolve(isItsTurn);
    };
    const go = () => leave(true);
    const timer = setTimeout(() => leave(false), longestWaitMs);
    line.add(go);
  });
}
