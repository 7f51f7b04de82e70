import { ImprestProgram } from '../imprest-program.js';
import type { Deployment, Environment } from './deployment.js';

/** One process on its embedded PostgreSQL: what `npm start` starts. */
export async function embedded(environment: Environment): Promise<Deployment> {
  const program = await (await ImprestProgram.create(environment)).start();
  const { url, adminKey } = program;
  return { url, adminKey, output: () => program.output, dispose: () => program.dispose() };
}
