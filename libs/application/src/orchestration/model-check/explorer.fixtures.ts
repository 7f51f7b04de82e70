export interface Step<World> {
  readonly name: string;
  readonly world: World;
}

export interface Model<World> {
  readonly begin: World;
  /** The same for two worlds that go on alike. */
  keyOf(world: World): number;
  /** Everything that may happen next. */
  steps(world: World): readonly Step<World>[];
  /** What must never be; undefined when all is well. */
  violation(world: World): string | undefined;
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** The first violation met, with the shortest way there. */
  readonly violation?: { readonly rule: string; readonly trace: readonly string[] };
}

interface Reached<World> {
  readonly world: World;
  readonly name: string;
  readonly from: Reached<World> | undefined;
}

function traceOf<World>(reached: Reached<World>): readonly string[] {
  const names: string[] = [];
  for (let at: Reached<World> | undefined = reached; at !== undefined; at = at.from) {
    names.unshift(at.name);
  }
  return names;
}

/**
 * Every world that can be reached, breadth first, each looked at once.
 * @throws Error when there are more than `most`: the bounds of the model are too wide for a test
 */
export function explore<World>(model: Model<World>, most = 2_000_000): Exploration {
  const known = new Set<number>([model.keyOf(model.begin)]);
  let front: Reached<World>[] = [{ world: model.begin, name: 'begin', from: undefined }];
  let transitions = 0;
  while (front.length > 0) {
    const next: Reached<World>[] = [];
    for (const reached of front) {
      const rule = model.violation(reached.world);
      if (rule !== undefined) {
        return { states: known.size, transitions, violation: { rule, trace: traceOf(reached) } };
      }
      for (const { name, world } of model.steps(reached.world)) {
        transitions += 1;
        const key = model.keyOf(world);
        if (known.has(key)) continue;
        known.add(key);
        next.push({ world, name, from: reached });
      }
    }
    if (known.size > most) throw new Error(`more than ${most} states`);
    front = next;
  }
  return { states: known.size, transitions };
}
