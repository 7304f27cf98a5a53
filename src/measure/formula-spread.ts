import { formatValue, periodLabel, periodStart, periodsInYear, type Table } from '../core/index.ts';
import { indexDiagnostics } from '../stats/index.ts';
import { weightBlocks } from './chain.ts';
import { snapshot } from './snapshot.ts';
import type { Study } from './study.ts';

/** How far the choice of index formula matters for output, link by link. */
interface FormulaSpread {
  readonly table: Table;
  /** Says the range where the formula matters; null where it does not. */
  readonly caveat: string | null;
}

/** The sets of periods between which cost weights are renewed, leaving out years that are not whole. */
export function wholeWeightBlocks(study: Study): readonly (readonly string[])[] {
  const { plan, complete } = study;
  const blocks = weightBlocks(plan, complete);
  return plan.weights === 'period'
    ? blocks
    : blocks.filter((starts) => starts.length >= periodsInYear(plan.grain));
}

/** What a set of periods is called: its year, or the period alone. */
export function blockLabel(study: Study, starts: readonly string[]): string {
  const { plan } = study;
  const [start = ''] = starts;
  return plan.weights === 'period'
    ? periodLabel(plan.grain, start)
    : periodLabel(plan.weights, periodStart(plan.weights, start));
}

/**
 * Laspeyres, Paasche and Fisher growth of output by link, their spread, and the drift of the chain: always
 * reported where outputs are weighed by cost. Null where they are not, or fewer than two sets can be linked.
 */
export function formulaSpread(study: Study): FormulaSpread | null {
  const { data, weighting, plan } = study;
  const blocks = wholeWeightBlocks(study);
  if (weighting.mode !== 'cost' || blocks.length < 2) return null;
  const states = blocks.map((starts) => snapshot(data, weighting, starts));
  const quantities = states.map((items) => items.map((item) => item.quantity));
  const costs = states.map((items) => items.map((item) => item.cost));
  const found = indexDiagnostics(
    'laspeyres',
    'quantity',
    costs,
    quantities,
    plan.weights === 'period' ? periodsInYear(plan.grain) : 1,
  );
  const rows = blocks.slice(1).map((starts, i) => {
    const link = found.links[i + 1];
    return {
      from: blockLabel(study, blocks[i] ?? []),
      to: blockLabel(study, starts),
      laspeyres: link ? link.laspeyres - 1 : null,
      paasche: link ? link.paasche - 1 : null,
      fisher: link ? Math.sqrt(link.laspeyres * link.paasche) - 1 : null,
      spread: link?.spread ?? null,
    };
  });
  const [first, last] = [rows[0]?.from ?? '', rows.at(-1)?.to ?? ''];
  const range =
    found.low === null || found.high === null
      ? ''
      : ` Laspeyres, Paasche and Fisher, chained or at the costs of one year, put output in ${last} between ${formatValue(100 * found.low, 'index')} and ${formatValue(100 * found.high, 'index')}, where ${first} is 100.`;
  return {
    table: {
      id: 'formula',
      title: 'Growth of volume by index formula',
      columns: [
        { key: 'from', title: 'From', type: 'period' },
        { key: 'to', title: 'To', type: 'period' },
        { key: 'laspeyres', title: 'Earlier unit costs (Laspeyres)', type: 'growth' },
        { key: 'paasche', title: 'Later unit costs (Paasche)', type: 'growth' },
        { key: 'fisher', title: 'Between the two (Fisher)', type: 'growth' },
        { key: 'spread', title: 'Spread', type: 'percentage-points' },
      ],
      rows,
      notes: [
        'The spread is ln(Paasche/Laspeyres): below zero where outputs that became dearer grew less.',
        ...(found.drift === null || rows.length < 2
          ? []
          : [
              `The chain stands ${formatValue(found.drift, 'percentage-points')} from an index at the costs of ${first} throughout.`,
            ]),
      ],
    },
    caveat: found.formulaMatters ? `The formula matters.${range}` : null,
  };
}
