import { writeFile } from 'node:fs/promises';
import { chargeProofToJson, chargeStory } from '@imprest/ledger-seal';
import { ChargeProofs } from '@imprest/read-models';
import { Command } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { storyLines } from '../sealing/story-text.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options {
  readonly out?: string;
  readonly json?: boolean;
}

async function prove(
  terminal: Terminal,
  engines: Engines,
  generationId: string,
  { out, json }: Options,
): Promise<void> {
  const proofs = new ChargeProofs(await engines.dataSource(), await engines.eventStore());
  const proof = await proofs.of(generationId);
  if (proof === undefined) throw new UsageError(`there is no generation ${generationId}`);
  const document = chargeProofToJson(proof);
  if (out !== undefined) {
    await writeFile(out, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  }
  const { story, problems } = chargeStory(generationId, proof.records);
  if (problems.length > 0) terminal.exitCode = 1;
  if (json) {
    await terminal.printJson(document);
    return;
  }
  const open = proof.records.filter(({ inclusion }) => inclusion === null).length;
  const { length } = proof.records;
  const seals = proof.seals.map(({ number }) => number).join(', ');
  const lines = [...problems.map((problem) => `WRONG: ${problem}`), ...storyLines(story)];
  lines.push(
    open === 0
      ? `All ${length} records are under seal ${seals}.`
      : `${open} of ${length} records are under no seal yet; the chain stands at revision ${proof.chainHead?.revision}.`,
  );
  if (out !== undefined) lines.push(`Check it anywhere: imprest ledger verify --bundle ${out}`);
  await terminal.print(lines.join('\n'));
}

export function proofCommand(terminal: Terminal): Command {
  return new Command('proof')
    .description('what a generation was charged, why, and how anybody can check it')
    .argument('<id>', 'id of the generation')
    .option('--out <file>', 'write the proof to a new file')
    .option('--json', 'print the proof')
    .action((id: string, options: Options) =>
      withEngines(terminal, (engines) => prove(terminal, engines, id, options)),
    );
}
