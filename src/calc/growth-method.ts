import { z } from 'zod';
import { productivityGrowth } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const growth = z.number().gt(-1);

/** `calc growth`: the exact parts of productivity growth. */
export const growthMethod = calcMethod({
  name: 'growth',
  title: 'Growth of productivity and its exact parts',
  summary:
    'Productivity growth from growth of volume, of quality and of inputs, all as shares (0.01 is one per cent): ' +
    '1 + gP = (1 + gN)(1 + gq)/(1 + gI). The contributions of volume, quality (with the interaction) and inputs add to it exactly.',
  source: 'Identity of index numbers; the interaction is given to quality by our own rule.',
  inputSchema: z.strictObject({
    volume: growth.describe('Growth of output before quality adjustment.'),
    quality: growth.describe('Growth of quality.'),
    input: growth.describe('Growth of input volume.'),
  }),
  outputSchema: z.strictObject({
    outputAdjusted: z.number(),
    productivity: z.number(),
    productivityUnadjusted: z.number(),
    volume: z.number(),
    quality: z.number(),
    input: z.number(),
  }),
  run: (given) => productivityGrowth(given),
  example: {
    input: { volume: 0.03, quality: 0.005, input: 0.02 },
    output: {
      outputAdjusted: 0.03515,
      productivity: 0.014852941176470588,
      productivityUnadjusted: 0.009803921568627451,
      volume: 0.029411764705882353,
      quality: 0.005049019607843137,
      input: -0.0196078431372549,
    },
  },
});
