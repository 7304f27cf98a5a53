/** Growth of productivity and its exact parts, all as shares (0.01 is one per cent). */
export interface GrowthParts {
  readonly outputAdjusted: number;
  readonly productivity: number;
  readonly productivityUnadjusted: number;
  readonly volume: number;
  readonly quality: number;
  readonly input: number;
}

/**
 * Growth of productivity from exact ratios, 1 + gP = (1 + gN)(1 + gq)/(1 + gI), with contributions of volume,
 * quality (which takes the interaction) and inputs that add to gP exactly.
 */
export function productivityGrowth(growth: {
  readonly volume: number;
  readonly quality: number;
  readonly input: number;
}): GrowthParts {
  const { volume, quality, input } = growth;
  return {
    outputAdjusted: (1 + volume) * (1 + quality) - 1,
    productivity: ((1 + volume) * (1 + quality)) / (1 + input) - 1,
    productivityUnadjusted: (1 + volume) / (1 + input) - 1,
    volume: volume / (1 + input),
    quality: ((1 + volume) * quality) / (1 + input),
    input: -input / (1 + input),
  };
}

/** Average growth a period between two levels that are `periods` apart: (last/first)^(1/periods) − 1. */
export function averageGrowth(first: number, last: number, periods: number): number {
  return (last / first) ** (1 / periods) - 1;
}
