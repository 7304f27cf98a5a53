import { z } from 'zod';
import { thresholdDensity } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

const jump = z.strictObject({
  bandwidth: z.number(),
  left: z.number(),
  right: z.number(),
  standardErrorLeft: z.number(),
  standardErrorRight: z.number(),
  statistic: z.number(),
  p: z.number(),
  nLeft: z.number(),
  nRight: z.number(),
});

/** `calc density`: whether a density jumps at a threshold. */
export const densityMethod = calcMethod({
  name: 'density',
  title: 'Whether a density jumps at a threshold',
  summary:
    'The density of values just below and just above a cut, by local polynomials, at a bandwidth declared beforehand, at half of it and at one and a half times. Values at the cut lie above. "cases" says how many cases each value rests on: one case must move it by less than half a bin.',
  source:
    'Cattaneo, M. D., Jansson, M. and Ma, X. (2020), Simple local polynomial density estimators, Journal of the American Statistical Association 115:1449; variance of the projection.',
  inputSchema: z.strictObject({
    values: z.array(z.number()).min(2).describe('One value for each unit and period.'),
    cut: z.number().describe('The threshold.'),
    bandwidth: z.number().positive().describe('How far each side counts, declared beforehand.'),
    cases: z.array(z.number().positive()).optional().describe('Cases behind each value.'),
    bin: z.number().positive().optional().describe('Width of a bin of the histogram; 0.005 by default.'),
  }),
  outputSchema: screenOutput({ jumps: z.array(jump), dependsOnBandwidth: z.boolean() }),
  run: ({ values, ...rest }) => {
    const result = screenResult(thresholdDensity({ shares: values, ...rest }));
    return result.testable ? { ...result, jumps: result.jumps.map((one) => ({ ...one })) } : result;
  },
  example: {
    input: { values: [0.93, 0.94, 0.951, 0.96], cut: 0.95, bandwidth: 0.02 },
    output: {
      testable: false,
      statement: 'Not testable, because too few different shares lie within the bandwidth of the threshold.',
    },
  },
});
