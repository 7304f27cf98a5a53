import { processEffects } from './effects.ts';
import { runCli } from './run.ts';

// Set rather than exit, so that everything written to a pipe arrives.
process.exitCode = await runCli(process.argv.slice(2), processEffects());
