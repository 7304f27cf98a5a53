import type { Table } from '../core/index.ts';
import { blockLabel, wholeWeightBlocks } from './formula-spread.ts';
import { linkBetween } from './link.ts';
import { snapshot } from './snapshot.ts';
import type { Study } from './study.ts';

/** Links by outputs beyond which the table is left out: it would be read by nobody. */
const mostRows = 1000;

/**
 * What each output added to growth in each link of the chain, and scaled by the level of the chain before it
 * (Balk, 2008, section 4.2): scaled contributions add, over outputs and links, to the growth of the whole chain
 * with quality, but depend on the path. Null under two links, above
 * a thousand rows, or where a link cannot be worked out.
 */
export function chainContributionsTable(study: Study): Table | null {
  const { data, weighting } = study;
  const blocks = wholeWeightBlocks(study);
  if (blocks.length < 3 || weighting.mode === 'alike') return null;
  if ((blocks.length - 1) * weighting.items.length > mostRows) return null;
  const rows = [];
  const cumulative = new Map<number, number>();
  let level = 1;
  let base = snapshot(data, weighting, blocks[0] ?? []);
  for (const [i, starts] of blocks.slice(1).entries()) {
    const current = snapshot(data, weighting, starts);
    const link = linkBetween(base, current);
    if (!link) return null;
    for (const { item, weight, volume, quality } of link.items) {
      const scaled = level * (volume + quality);
      const sum = (cumulative.get(item) ?? 0) + scaled;
      cumulative.set(item, sum);
      rows.push({
        from: blockLabel(study, blocks[i] ?? []),
        to: blockLabel(study, starts),
        output: weighting.items[item]?.title ?? '',
        weight,
        volume,
        quality: link.coverage > 0 ? quality : null,
        scaled,
        cumulative: sum,
      });
    }
    level *= 1 + link.adjusted;
    base = current;
  }
  return {
    id: 'chain-contributions',
    title: 'What each output added to growth of output, link by link',
    columns: [
      { key: 'from', title: 'From', type: 'period' },
      { key: 'to', title: 'To', type: 'period' },
      { key: 'output', title: 'Output', type: 'text' },
      { key: 'weight', title: 'Share of earlier cost', type: 'share' },
      { key: 'volume', title: 'Volume', type: 'percentage-points' },
      { key: 'quality', title: 'Quality', type: 'percentage-points' },
      { key: 'scaled', title: 'Of the whole chain', type: 'percentage-points' },
      { key: 'cumulative', title: 'So far', type: 'percentage-points' },
    ],
    rows,
    notes: [
      'Volume and quality add to the growth of their link, and to nothing across links.',
      'Contributions to the whole chain are scaled by its level before the link: they add to its growth over all outputs and links, but depend on the path.',
    ],
  };
}
