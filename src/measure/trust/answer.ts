import { countOf, formatValue, listInWords } from '../../core/index.ts';
import type { Screened } from '../gaming/screen.ts';
import { isMetWithoutOpen, type TargetView } from '../targets.ts';
import { sentence } from '../wording.ts';
import { type OfContacts, ofContactsInWords } from './of-contacts.ts';
import { levelInWords, type ScreenedTarget } from './screen-target.ts';
import type { ReadTarget } from './tables.ts';

/** Everything known of one target. */
export interface Trust extends ReadTarget {
  readonly view: TargetView;
  /** The periods that the view is of. */
  readonly period: string;
  readonly screened: ScreenedTarget;
  readonly family: readonly Screened[];
  /** What became of the contacts that it counts, where it counts contacts. */
  readonly contacts: OfContacts | null;
}

/** Targets that are met, then those that cannot be told, then those that are missed, which nobody takes for good. */
export function greenFirst(targets: readonly Trust[]): readonly Trust[] {
  const place = ({ view: { share, atLeast } }: Trust) => (share === null ? 1 : share >= atLeast ? 0 : 2);
  return targets.toSorted((a, b) => place(a) - place(b));
}

/** `, which reads 69.2% in A against 90.0% and is missed in any case,` of a target that nobody takes for good. */
function missedInAnyCase({ view: { share, atLeast }, period }: Trust): string {
  if (share === null || share >= atLeast) return '';
  return `, which reads ${formatValue(share, 'share')} in ${period} against ${formatValue(atLeast, 'share')} and is missed in any case,`;
}

/** `"X" reads 98.5% and is met, but for everyone it is 95.0%`. */
function greenForSome({ title, view }: Trust): readonly string[] {
  const { share, everyone, atLeast } = view;
  if (share === null || everyone === null || share < atLeast || everyone >= atLeast) return [];
  return [
    `"${title}" reads ${formatValue(share, 'share')} and is met, but for everyone it is ${formatValue(everyone, 'share')}`,
  ];
}

/** `"X" reads 91.0% and is met, but with the 300 cases that are still open and already late it is 84.0%`. */
function lateUncounted({ title, view }: Trust): readonly string[] {
  const { share, withOpen } = view;
  if (!isMetWithoutOpen(view) || withOpen === null) return [];
  return [
    `"${title}" reads ${formatValue(share, 'share')} and is met, but with the ${formatValue(withOpen.openLate, 'count')} cases that are still open and already late it is ${formatValue(withOpen.share, 'share')}`,
  ];
}

/** `"X" reads 92.0% in A and is met, but of the 6,796 contacts …`, where fewer were answered or settled than are aimed for. */
function greenForContacts({ title, view, period, contacts }: Trust): readonly string[] {
  const { share, atLeast } = view;
  if (share === null || share < atLeast || !contacts || contacts.settling.interval.high >= atLeast) return [];
  return [
    `"${title}" reads ${formatValue(share, 'share')} in ${period} and is met, but ${ofContactsInWords(contacts)}`,
  ];
}

function isPattern(family: readonly Screened[], tests: readonly string[]): boolean {
  return family.some((one) => one.isPattern && tests.includes(one.screen.test));
}

/** The one statement that the threshold screens allow, and no more. */
function crowding({ title, screened, family }: Trust): readonly string[] {
  const { density, window, units, target } = screened;
  if (!isPattern(family, ['T1', 'T2'])) return [];
  const depends =
    (density?.isTestable && density.dependsOnBandwidth) || (window?.isTestable && window.dependsOnWindow);
  const isBoth = family
    .filter(({ screen }) => screen.isTestable && ['T1', 'T2'].includes(screen.test))
    .every((one) => one.isPattern);
  const strength = depends || !isBoth ? '; strength depends on the window' : ', under every window tried';
  return [
    `"${title}", by shares of ${units?.title ?? 'units'}: pattern consistent with crowding just above ${levelInWords(target.at_least)}${strength}`,
  ];
}

function leavingOut({ title, family }: Trust): readonly string[] {
  return isPattern(family, ['T12'])
    ? [`"${title}": pattern consistent with cases being left out of the count`]
    : [];
}

function byDefinition(targets: readonly Trust[]): readonly string[] {
  const flagged = targets.filter(({ reading }) => reading.flags.length > 0);
  const [first] = flagged;
  if (!first) return [];
  const names = first.reading.flags.map(({ name }) => `"${name}"`);
  // In quotes, since a name may hold a comma.
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const others = flagged.length > 1 ? `, and so can ${countOf(flagged.length - 1, 'other target')}` : '';
  return [
    `by its definition "${first.title}"${missedInAnyCase(first)} can mislead in ${countOf(names.length, 'way')} (${listInWords(shown)})${others}`,
  ];
}

const ended = (part: string) => `${sentence(part)}.`;

/** The answer: who is left out first, then what the screens allow, then what the definitions say. */
export function trustAnswer(targets: readonly Trust[], isCounted: boolean): string {
  if (!isCounted)
    return ['Cannot tell from the data: no target can be counted.', ...byDefinition(targets).map(ended)].join(
      ' ',
    );
  const said = [
    ...targets.flatMap(greenForSome),
    ...targets.flatMap(greenForContacts),
    ...targets.flatMap(lateUncounted),
    ...targets.flatMap(crowding),
    ...targets.flatMap(leavingOut),
    ...byDefinition(targets),
  ];
  if (said.length > 0) return said.map(ended).join(' ');
  const open = targets.some(({ reading }) => reading.notChecked.length > 0);
  return open
    ? 'Nothing found so far in the targets that would mislead, but the definitions of the targets are not complete.'
    : 'Nothing found in the definitions of the targets or in their data that would mislead. That does not show that there is nothing.';
}
