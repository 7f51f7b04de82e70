import {
  type GenerationCommand,
  type GenerationEvent,
  type GenerationState,
  isTerminal,
  type JobCommand,
  type JobEvent,
  type JobState,
  type TokenAccountCommand,
  type TokenAccountEvent,
  type TokenAccountState,
} from '@imprest/domain';
import { generationRequest } from '@imprest/testkit';
import {
  type GenerationEnd,
  generationCommand,
  generationEnd,
  holdCommand,
} from '../outcome-commands.js';
import { brokenRest, brokenStream } from './charging-rules.fixtures.js';
import {
  type Bounds,
  type ChargingWorld,
  type Deciders,
  deciders,
  generationId,
  IMAGES,
  now,
  price,
  purchase,
  reports,
  rules,
  TOKENS,
  tenantId,
} from './charging-world.fixtures.js';
import type { Model, Step } from './explorer.fixtures.js';
import { Histories } from './histories.fixtures.js';

/**
 * One request from its acceptance to its settled or released hold: the deciders of the product, and what its
 * reactors tell them, each of them a step that may come at any time. A worker that ever held a lease may say anything
 * at any time, however late; the queue may lease the job whenever its stream agrees.
 */
export class ChargingModel implements Model<ChargingWorld> {
  readonly begin: ChargingWorld;
  private readonly accounts: Histories<TokenAccountCommand, TokenAccountState, TokenAccountEvent>;
  private readonly generations: Histories<GenerationCommand, GenerationState, GenerationEvent>;
  private readonly jobs: Histories<JobCommand, JobState, JobEvent>;

  constructor(
    private readonly bounds: Bounds,
    used: Deciders = deciders,
  ) {
    this.accounts = new Histories(used.account, [
      { type: 'AccountOpened', data: { tenantId } },
      purchase('lot_1', 15n),
      purchase('lot_2', TOKENS - 15n),
    ]);
    const request = generationRequest({ tenantId, price });
    this.generations = new Histories(used.generation, [
      { type: 'GenerationRequested', data: request },
    ]);
    this.jobs = new Histories(used.job, []);
    this.begin = {
      ...{ account: this.accounts.first, generation: this.generations.first, job: this.jobs.first },
      ...{ enqueuer: 0, outcome: 0, settlement: 0, canceller: 0 },
      ...{ leases: 0, cancellations: 0, replays: 0 },
    };
  }

  /** @throws RangeError when there are more histories than a number has room for */
  keyOf(world: ChargingWorld): number {
    if (world.generation.id >= 512 || world.job.id >= 8_192) throw new RangeError('too wide');
    let key = world.account.id;
    key = key * 512 + world.generation.id;
    key = key * 8_192 + world.job.id;
    for (const count of [world.outcome, world.settlement, world.canceller]) key = key * 16 + count;
    key = key * 3 + world.enqueuer;
    for (const count of [world.leases, world.cancellations, world.replays]) key = key * 4 + count;
    return key;
  }

  steps(world: ChargingWorld): readonly Step<ChargingWorld>[] {
    return [
      ...this.callers(world),
      ...this.workers(world),
      ...this.deadlines(world),
      ...this.reactors(world),
    ];
  }

  violation(world: ChargingWorld): string | undefined {
    return brokenStream(world) ?? brokenRest(world);
  }

  private callers(world: ChargingWorld): Step<ChargingWorld>[] {
    const steps: Step<ChargingWorld>[] = [];
    const hold = this.onAccount(world, 'hold', () => ({
      type: 'HoldTokens',
      ...{ generationId, price, now },
    }));
    if (hold !== undefined) steps.push({ name: 'hold', world: hold });
    if (world.cancellations < this.bounds.cancellations) {
      const cancelled = this.onGeneration(world, 'cancel', () => ({
        type: 'CancelGeneration',
        reason: 'asked for',
      }));
      const cancellations = world.cancellations + 1;
      steps.push({ name: 'cancel', world: { ...(cancelled ?? world), cancellations } });
    }
    return steps;
  }

  private workers(world: ChargingWorld): Step<ChargingWorld>[] {
    const fences = Array.from({ length: world.leases }, (_, index) => index + 1);
    const told = fences.flatMap((fence) =>
      (reports[fence - 1] ?? []).flatMap(([name, command]) => this.onJob(world, name, command)),
    );
    if (world.leases === this.bounds.leases) return told;
    const fence = world.leases + 1;
    const lease = { type: 'LeaseJob', workerId: `w${fence}`, fence, now } as const;
    const leased = this.onJob(world, `lease ${fence}`, lease);
    return [
      ...told,
      ...leased.map((step) => ({ ...step, world: { ...step.world, leases: fence } })),
    ];
  }

  private deadlines(world: ChargingWorld): Step<ChargingWorld>[] {
    return (['startBy', 'finishBy'] as const).flatMap((deadline) =>
      this.onJob(world, `${deadline} passed`, { type: 'MissDeadline', deadline, at: now }),
    );
  }

  private reactors(world: ChargingWorld): Step<ChargingWorld>[] {
    const steps = [this.enqueue(world), this.tellGeneration(world), this.settle(world)];
    steps.push(this.cancelJob(world));
    if (world.replays < this.bounds.replays) {
      const replays = world.replays + 1;
      for (const reactor of ['enqueuer', 'outcome', 'settlement', 'canceller'] as const) {
        if (world[reactor] === 0) continue;
        steps.push({ name: `${reactor} begins anew`, world: { ...world, [reactor]: 0, replays } });
      }
    }
    return steps.filter((step) => step !== undefined);
  }

  /** As job-enqueuer.ts: the job first, then a look at the generation. */
  private enqueue(world: ChargingWorld): Step<ChargingWorld> | undefined {
    const isHeld = world.account.events.some(({ type }) => type === 'TokensHeld');
    if (!isHeld || world.enqueuer === 2) return undefined;
    if (world.enqueuer === 0) {
      const queue = { type: 'QueueJob', tenantId, model: price.model, cost: IMAGES } as const;
      const [queued] = this.onJob(world, 'queue', queue);
      return { name: 'job is queued', world: { ...(queued?.world ?? world), enqueuer: 1 } };
    }
    const end = world.generation.events.map(generationEnd).find((each) => each !== undefined);
    if (end === undefined || !isTerminal(world.generation.state.status)) {
      return { name: 'generation is looked at', world: { ...world, enqueuer: 2 } };
    }
    const closed = this.close(world, end) ?? world;
    const [cancelled] = this.onJob(closed, 'ended', { type: 'CancelJob', reason: 'ended' });
    return {
      name: 'ended before its hold',
      world: { ...(cancelled?.world ?? closed), enqueuer: 2 },
    };
  }

  private tellGeneration(world: ChargingWorld): Step<ChargingWorld> | undefined {
    const event = world.job.events[world.outcome];
    if (event === undefined) return undefined;
    const { account, job: work } = world;
    const held = account.state.holds.get(generationId)?.allocations ?? [];
    const facts = { held, rendered: work.state.rendered };
    const command = generationCommand(event, facts, rules);
    const name = `${account.id} ${work.id} ${world.outcome}`;
    const told = command && this.onGeneration(world, name, () => command);
    return {
      name: `generation hears ${event.type}`,
      world: { ...(told ?? world), outcome: world.outcome + 1 },
    };
  }

  private settle(world: ChargingWorld): Step<ChargingWorld> | undefined {
    const event = world.generation.events[world.settlement];
    if (event === undefined) return undefined;
    const end = generationEnd(event);
    const closed = end && this.close(world, end);
    return {
      name: `account hears ${event.type}`,
      world: { ...(closed ?? world), settlement: world.settlement + 1 },
    };
  }

  private cancelJob(world: ChargingWorld): Step<ChargingWorld> | undefined {
    const event = world.generation.events[world.canceller];
    if (event === undefined) return undefined;
    const cancel = { type: 'CancelJob', reason: 'its generation was cancelled' } as const;
    const [told] = event.type === 'GenerationCancelled' ? this.onJob(world, 'cancel', cancel) : [];
    return {
      name: `job hears ${event.type}`,
      world: { ...(told?.world ?? world), canceller: world.canceller + 1 },
    };
  }

  private close(world: ChargingWorld, end: GenerationEnd): ChargingWorld | undefined {
    const name = end.kind === 'charged' ? `charge ${end.charged}` : `free ${end.reason}`;
    return this.onAccount(world, name, () => holdCommand(generationId, end));
  }

  private onAccount(
    world: ChargingWorld,
    name: string,
    command: () => TokenAccountCommand,
  ): ChargingWorld | undefined {
    const outcome = this.accounts.run(world.account, name, command);
    if (outcome.kind === 'rejected' || !outcome.isNew) return undefined;
    return { ...world, account: outcome.history };
  }

  private onGeneration(
    world: ChargingWorld,
    name: string,
    command: () => GenerationCommand,
  ): ChargingWorld | undefined {
    const outcome = this.generations.run(world.generation, name, command);
    if (outcome.kind === 'rejected' || !outcome.isNew) return undefined;
    return { ...world, generation: outcome.history };
  }

  private onJob(world: ChargingWorld, name: string, command: JobCommand): Step<ChargingWorld>[] {
    const outcome = this.jobs.run(world.job, name, () => command);
    if (outcome.kind === 'rejected' || !outcome.isNew) return [];
    return [{ name, world: { ...world, job: outcome.history } }];
  }
}
