import type { WellspentError } from '../../core/index.ts';
import { listOf, sectionEntries } from '../raw-charter.ts';
import type { YamlSource } from '../yaml-source.ts';

const tolerance = 1e-9;

function plainSum(value: number): string {
  return String(Number(value.toPrecision(10)));
}

/** For each output, the weights of the quality measures that speak for it must add to 1: they are never rescaled. */
export function unbalancedWeights(source: YamlSource): readonly WellspentError[] {
  const measures = sectionEntries(source.content, 'quality');
  const outputs = new Set(sectionEntries(source.content, 'outputs').map(({ id }) => id));
  // A measure whose output is misspelt may hold the weight that another output seems to lack.
  const isAstray = measures.some(({ value }) =>
    listOf(value.outputs).some((id) => typeof id === 'string' && !outputs.has(id)),
  );
  const seen = new Set<string>();
  return sectionEntries(source.content, 'outputs').flatMap((output) => {
    const speaking = measures.filter(
      ({ value }) => value.outputs === 'all' || listOf(value.outputs).includes(output.id),
    );
    const key = speaking.map(({ path }) => path[1]).join();
    const weights = speaking.map(({ value }) => value.weight);
    if (speaking.length === 0 || seen.has(key) || !weights.every((weight) => typeof weight === 'number'))
      return [];
    seen.add(key);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 1) <= tolerance || (isAstray && sum < 1)) return [];
    const last = speaking.at(-1);
    const rest = Number((1 - sum + Number(last?.value.weight)).toPrecision(10));
    const terms = speaking.map(({ id, value }) => `${id ?? 'without id'} ${value.weight}`).join(' + ');
    return [
      source.fault(
        'CHARTER_WEIGHTS',
        [...(last?.path ?? []), 'weight'],
        `the quality weights that speak for the output "${output.id}" add to ${plainSum(sum)}, not 1.`,
        {
          found: `${terms} = ${plainSum(sum)}`,
          hint:
            rest >= 0 && rest <= 1
              ? `weight: ${rest} (or change the others so that they add to 1)`
              : 'lower the weights so that they add to 1',
        },
      ),
    ];
  });
}
