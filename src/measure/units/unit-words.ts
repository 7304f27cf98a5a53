import { formatValue, listInWords } from '../../core/index.ts';
import type { PracticeEffect, PracticeFigures } from './practices.ts';
import type { UnitScore } from './score-units.ts';
import type { UnitStudy } from './study-units.ts';
import { leadOf, type Ranged } from './unit-ranges.ts';

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const numbers = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** How far a unit must be from the one that leads before its way of working is proposed (product rule). */
const leastGap = 0.05;
const chance = 0.05;

/** "first", "second", … */
export function ordinal(place: number): string {
  return ordinals[place - 1] ?? `place ${place}`;
}

/** "three", or the digits above ten. */
export function inWords(n: number): string {
  return numbers[n] ?? formatValue(n, 'count');
}

export const percent = (value: number) => formatValue(Math.abs(value), 'share');

/** What a reader calls a unit. */
export function unitTitle(found: UnitStudy, u: number): string {
  return found.plan.members[u]?.title ?? '';
}

/** "for each year of full-time work". */
export const perOne = ({ plan }: UnitStudy) => `for each ${plan.section.per}`;

/** How far the unit in question is ahead of all others together in what is counted. */
export function countedLead(found: UnitStudy): Ranged {
  const { focus } = found;
  const others = (scored: readonly UnitScore[]) => {
    const rest = scored.filter((_, u) => u !== focus);
    return (
      rest.reduce((sum, { counted }) => sum + counted, 0) / rest.reduce((sum, { used }) => sum + used, 0)
    );
  };
  // Counts without a group of cases are scaled alike on both sides.
  return leadOf(
    found.replicates,
    (scored) => (scored[focus]?.counted ?? 0) / (scored[focus]?.used ?? 1),
    others,
  );
}

/** The unit next above the unit in question once all is allowed for, or next below where it is first. */
export function neighbourOf(found: UnitStudy): number {
  const { adjusted } = found.ranks;
  const own = adjusted[found.focus] ?? 1;
  const wanted = own > 1 ? own - 1 : 2;
  const at = adjusted.indexOf(wanted);
  return at >= 0 ? at : adjusted.findIndex((_, u) => u !== found.focus);
}

/** How far the unit in question is from that neighbour: below 0 where it is behind. */
export function adjustedLead(
  found: UnitStudy,
  of: (score: UnitScore) => number = ({ score }) => score,
): Ranged {
  const other = neighbourOf(found);
  const pick = (u: number) => (scored: readonly UnitScore[]) => {
    const own = scored[u];
    return own ? of(own) : Number.NaN;
  };
  return leadOf(found.replicates, pick(found.focus), pick(other));
}

/** Share of what a unit counts that is no output, and how such cases end. */
export function notOutput(found: UnitStudy, u: number, titleOf: (ending: string) => string) {
  const unit = found.plan.members[u]?.unit;
  const own = found.counted.filter((row) => row.unit === unit && row.isCounted);
  const total = own.reduce((sum, { n }) => sum + n, 0);
  const others = own.filter(({ isOutput }) => !isOutput);
  const n = others.reduce((sum, row) => sum + row.n, 0);
  return {
    n,
    counted: total,
    share: total > 0 ? n / total : 0,
    endings: [...new Set(others.map(({ ending }) => `"${titleOf(ending)}"`))],
  };
}

/** "That place holds under 94.1% of 20,000 sets of weights … it does not where "x" has more than 66.3% of the weight". */
export function weightsInWords(found: UnitStudy): string | null {
  const { weights } = found;
  if (!weights) return null;
  const drawn = formatValue(weights.draws, 'count');
  const share = `That holds under ${percent(weights.keeps.value)} of ${drawn} sets of weights drawn at random for the ${inWords(weights.titles.length)} parts of quality`;
  const turns = weights.turns.flatMap((own, k) =>
    own.map(
      ({ weight, side }) =>
        `"${weights.titles[k]}" has ${side === 'above' ? 'more' : 'less'} than ${percent(weight)} of the weight`,
    ),
  );
  if (turns.length === 0)
    return weights.keeps.value === 1 ? share : `${share}; no one part turns it by itself`;
  return `${share}; it does not hold where ${turns.slice(0, 2).join(' or where ')} and the other parts share the rest`;
}

/** A difference as a reader sees it: effort as growth, shares in points, other measures in their own unit. */
export function differenceInWords(kind: PracticeEffect['kind'], value: number): string {
  if (kind === 'effort') return formatValue(value, 'growth');
  if (kind === 'share') return formatValue(value, 'percentage-points');
  return `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(3)}`;
}

function effectInWords({ title, kind, difference }: PracticeEffect): string {
  const more = difference.value > 0;
  if (kind === 'effort') return `take ${percent(difference.value)} ${more ? 'more' : 'less'} (${title})`;
  const size = differenceInWords(kind, Math.abs(difference.value)).replace('+', '');
  return `are ${size} ${more ? 'higher' : 'lower'} on "${title}"`;
}

/** What the unit in question could learn, where the data bear it out; null where they do not. */
export function proposalFor(found: UnitStudy, practice: PracticeFigures): string | null {
  const { focus } = found;
  const gap = practice.gaps[focus];
  const isFar = gap !== undefined && gap.p < chance && Math.abs(gap.value) >= leastGap;
  if (!practice.isBorneOut || practice.leader === focus || !isFar) return null;
  const [own, leader] = [unitTitle(found, focus), unitTitle(found, practice.leader)];
  const shares = `${percent(practice.shares[practice.leader]?.value ?? 0)} of ${found.plan.section.counts} at ${leader}, ${percent(practice.shares[focus]?.value ?? 0)} at ${own}, alike cases compared`;
  const seen = practice.effects.filter(({ reading }) => reading !== 'no difference').map(effectInWords);
  const same = practice.effects.length > seen.length ? ', and do not differ beyond chance in the rest' : '';
  const effect = `Alike cases so handled ${listInWords(seen)}${same}.`;
  if (practice.direction === 'higher')
    return `Copy from ${leader}: "${practice.title}" (${shares}). ${effect} ${practice.remedy ?? ''} Try it at ${own} first, as a trial, since cases may differ in what is not recorded.`.replaceAll(
      '  ',
      ' ',
    );
  return `${practice.remedy ?? `Find out how ${leader} avoids it.`} "${practice.title}": ${shares}. ${effect}`;
}
