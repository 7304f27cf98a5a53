import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { measuredPart } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const growth = z.number().gt(-1);

/** `calc measured-part`: productivity without output that is taken to be its inputs. */
export const measuredPartMethod = calcMethod({
  name: 'measured-part',
  title: 'Productivity without output that is taken to be its inputs',
  summary:
    'Where some output has no measure and is taken to be its inputs, its productivity cannot change and draws that of the whole towards nothing. This takes that part, at its share of base cost, out of output and inputs alike. Growth as shares.',
  source:
    'Arithmetic of a convention of the national accounts (output = inputs), as kept for parts of public service output by the Office for National Statistics.',
  inputSchema: z.strictObject({
    share: z.number().min(0).max(1).describe('Share of base cost whose output is its inputs.'),
    output: growth.describe('Growth of all output.'),
    input: growth.describe('Growth of all inputs.'),
    conventional: growth.describe('Growth of the output that is taken to be its inputs.'),
  }),
  outputSchema: z.strictObject({
    output: z.number(),
    input: z.number(),
    productivity: z.number().describe('Of the measured part.'),
    whole: z.number().describe('Of everything.'),
  }),
  run: (given) => {
    const found = measuredPart(given);
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No growth of productivity can be stated: all output is taken to be its inputs.',
      );
    return { ...found, whole: (1 + given.output) / (1 + given.input) - 1 };
  },
  example: {
    // Half at 2% in and out; the other half 10% more output with 4% more inputs.
    input: { share: 0.5, output: 0.06, input: 0.03, conventional: 0.02 },
    output: { output: 0.1, input: 0.04, productivity: 1.1 / 1.04 - 1, whole: 1.06 / 1.03 - 1 },
  },
});
