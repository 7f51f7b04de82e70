import { serve } from '../harness/serve.js';
import { type BacklogMemory, backlogMemory } from './backlog-memory.js';

export interface MemoryCommand {
  readonly jobs: number;
}

export type MemoryAnswer = { readonly ready: true } | BacklogMemory;

const connectionString = process.env.DATABASE_URL as string;

serve<MemoryCommand, MemoryAnswer>({ ready: true }, ({ jobs }) =>
  backlogMemory(connectionString, jobs),
);
