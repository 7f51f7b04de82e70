export interface DrainStep {
  /** What is being ended, for people. */
  readonly name: string;
  end(): Promise<void>;
}

/** What was under way was not finished in the time there is for it. */
export class DrainTimeout extends Error {
  override readonly name = 'DrainTimeout';
  constructor(step: string, seconds: number) {
    super(`stopping took longer than ${seconds} s: ${step} did not end`);
  }
}

/** Ends one part after the other, all within the given time. @throws DrainTimeout */
export async function drain(steps: readonly DrainStep[], seconds: number): Promise<void> {
  let current = '';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DrainTimeout(current, seconds)), seconds * 1_000);
  });
  const all = async () => {
    for (const { name, end } of steps) {
      current = name;
      await end();
    }
  };
  try {
    await Promise.race([all(), late]);
  } finally {
    clearTimeout(timer);
  }
}
