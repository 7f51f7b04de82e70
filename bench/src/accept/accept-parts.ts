import type { Bench, Experiment, Figures, OpenExperiment, Variant } from '../harness/experiment.js';
import { putLoad } from '../load/load.js';
import { estimateRequest, generationRequest } from '../load/requests.js';
import { withDatabase } from '../postgres.js';
import { productProgram } from '../product/accept-program.js';
import type { MeasuredProgram, StartProgram } from './measured-program.js';
import { startBareHttp, startFloor } from './plain-programs.js';

const IN_FLIGHT = 64;
const COMPILE = { connections: IN_FLIGHT, requests: 6_000, warmUpMs: 0, measureMs: 5_000 };
const TENANTS = 1_000;
const OK = 200;

const product = productProgram({ parts: ['api'], tenants: TENANTS });

interface Run {
  readonly rate: number;
  /** All answers, warm-up included. */
  readonly done: number;
}

function overHttp(request = generationRequest, expectedStatus = 202) {
  return async (bench: Bench, program: MeasuredProgram, first: boolean): Promise<Run> => {
    const plan = first ? COMPILE : { connections: IN_FLIGHT };
    const { rate, answers } = await putLoad(bench, program, { ...plan, request, expectedStatus });
    return { rate, done: answers };
  };
}

async function withoutHttp(bench: Bench, program: MeasuredProgram): Promise<Run> {
  const { warmUpMs, measureMs } = bench.options;
  if (program.submit === undefined) throw new Error('it accepts over HTTP only');
  return program.submit({ inFlight: IN_FLIGHT, warmUpMs, measureMs });
}

type RunProgram = (bench: Bench, program: MeasuredProgram, first: boolean) => Promise<Run>;

function part(bench: Bench, name: string, start: StartProgram, run: RunProgram): Variant {
  const measure = async (connectionString: string): Promise<Figures> => {
    const program = await start(bench, connectionString);
    try {
      await run(bench, program, true);
      const cpuBefore = program.cpuMs();
      const { rate, done } = await run(bench, program, false);
      const microseconds = ((program.cpuMs() - cpuBefore) * 1_000) / done;
      return { 'req/s': rate, 'CPU us a request': microseconds };
    } finally {
      await program.stop();
    }
  };
  return {
    name,
    measure: async () => withDatabase(await bench.servers.main(), measure),
  };
}

/**
 * Where the time of an accepted request goes: HTTP alone, HTTP with everything the product does around
 * it, the two facts without HTTP. One core does both halves, so no rate is above 1 / (1 / a + 1 / b).
 */
export const acceptPartsExperiment: Experiment = {
  name: 'accept-parts',
  title: 'POST /v1/generations in parts, 64 in flight, 1,000 accounts',
  async open(bench: Bench): Promise<OpenExperiment> {
    const rateOf = (variant: string) => ({ variant, figure: 'req/s' });
    const cpuOf = (variant: string) => ({ variant, figure: 'CPU us a request' });
    const comparison = (what: string, of: string) => [
      { what: `rate of the floor: ${what}`, of: rateOf(of), to: rateOf('floor') },
      { what: `CPU of the floor: ${what}`, of: cpuOf(of), to: cpuOf('floor') },
    ];
    return {
      variants: [
        part(bench, 'bare HTTP', startBareHttp, overHttp()),
        part(bench, 'floor', startFloor, overHttp()),
        part(bench, 'product, no facts', product, overHttp(estimateRequest, OK)),
        part(bench, 'product, no HTTP', product, withoutHttp),
        part(bench, 'product', product, overHttp()),
      ],
      comparisons: [
        ...comparison('HTTP alone', 'bare HTTP'),
        ...comparison('the product without facts', 'product, no facts'),
        ...comparison('the product without HTTP', 'product, no HTTP'),
        ...comparison('the product', 'product'),
      ],
    };
  },
};
