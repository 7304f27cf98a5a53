import { countOf, formatValue, listInWords, type Result } from '../../core/index.ts';
import { latestPeriods } from '../floors.ts';
import { type Screened, screenFamily } from '../gaming/screen.ts';
import { lintMetric } from '../metric-linter/lint-metric.ts';
import { provenanceOf, type Study } from '../study.ts';
import { type TargetView, viewTargets } from '../targets.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import { levelInWords, type ScreenedTarget, screensOf, screenTarget } from './screen-target.ts';
import {
  distributionChart,
  distributionTable,
  type ReadTarget,
  rulesTable,
  screensTable,
  windowsTable,
} from './tables.ts';
import { targetDefinition } from './target-definition.ts';

const question = 'Which of our green numbers should I not trust?';
const method =
  'Definitions by twenty rules (after Bevan and Hood, 2006); local polynomial density (Cattaneo, Jansson and Ma, 2020), exact binomial and cluster sign test at the threshold, trend of cases left out; false discovery rate of 5% (Benjamini and Hochberg, 1995)';

/** Everything known of one target. */
interface Trust extends ReadTarget {
  readonly view: TargetView;
  readonly screened: ScreenedTarget;
  readonly family: readonly Screened[];
}

/** `"X" reads 98.5% and is met, but for everyone it is 95.0%`. */
function greenForSome({ title, view }: Trust): readonly string[] {
  const { share, everyone, atLeast } = view;
  if (share === null || everyone === null || share < atLeast || everyone >= atLeast) return [];
  return [
    `"${title}" reads ${formatValue(share, 'share')} and is met, but for everyone it is ${formatValue(everyone, 'share')}`,
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
  const names = first.reading.flags.map(({ name }) => name);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const others = flagged.length > 1 ? `, and so can ${countOf(flagged.length - 1, 'other target')}` : '';
  return [
    `by its definition "${first.title}" can mislead in ${countOf(names.length, 'way')} (${listInWords(shown)})${others}`,
  ];
}

function answerOf(targets: readonly Trust[]): string {
  const said = [
    ...targets.flatMap(greenForSome),
    ...targets.flatMap(crowding),
    ...targets.flatMap(leavingOut),
    ...byDefinition(targets),
  ];
  if (said.length > 0) return said.map((part) => `${sentence(part)}.`).join(' ');
  const open = targets.some(({ reading }) => reading.notChecked.length > 0);
  return open
    ? 'Nothing found so far that would mislead, but the definitions of the targets are not complete.'
    : 'Nothing found in the definitions of the targets or in their data that would mislead. That does not show that there is nothing.';
}

async function readTargets(study: Study, starts: readonly string[]): Promise<readonly Trust[]> {
  const targets = study.plan.charter.targets ?? [];
  const views = await viewTargets(study, starts);
  const screened: ScreenedTarget[] = [];
  for (const target of targets) screened.push(await screenTarget(study, target));
  // Screens of one target lean on the same cases and in the same direction, for which Benjamini and Hochberg hold.
  const family = screenFamily(screened.flatMap(screensOf), 'independent');
  let taken = 0;
  return screened.flatMap((one, i) => {
    const view = views[i];
    const own = family.slice(taken, taken + screensOf(one).length);
    taken += own.length;
    if (!view) return [];
    const definition = targetDefinition(study, one.target, view);
    return [
      {
        title: one.target.title,
        view,
        screened: one,
        family: own,
        reading: lintMetric(definition, 'not-checked'),
      },
    ];
  });
}

function recomputeOf(targets: readonly Trust[]) {
  return targets.flatMap(({ screened: { units, window, density, target } }) => {
    if (!units) return [];
    const values = units.shares.map(({ share }) => share);
    return [
      ...(window?.isTestable
        ? [
            {
              method: 'window',
              input: {
                values,
                units: units.shares.map(({ unit }) => unit),
                cut: target.at_least,
                width: units.window,
              },
            },
          ]
        : []),
      ...(density?.isTestable
        ? [{ method: 'density', input: { values, cut: target.at_least, bandwidth: units.bandwidth } }]
        : []),
    ];
  });
}

/** The targets of the charter: how they are defined, whom they leave out, and what they leave in the data. */
export async function trustResult(study: Study): Promise<Result> {
  const { starts, label } = latestPeriods(study);
  const targets = await readTargets(study, starts);
  const withUnits = targets.map(({ screened }) => screened).filter(({ units }) => units !== null);
  const family = targets.flatMap((one) => one.family);
  const flags = targets.reduce((sum, { reading }) => sum + reading.flags.length, 0);
  const open = targets.reduce((sum, { reading }) => sum + reading.notChecked.length, 0);
  if (targets.length === 0)
    return {
      id: 'trust',
      question,
      answer: 'Cannot tell: the charter names no target.',
      status: 'cannot-tell',
      figures: [],
      tables: [],
      charts: [],
      caveats: standingCaveats(study),
      next: ['Name in the charter, under "targets", the numbers that people are held to.'],
      provenance: provenanceOf(study, method),
    };
  return {
    id: 'trust',
    question,
    answer: answerOf(targets),
    status: flags + open > 0 || family.some((one) => one.isPattern) ? 'caution' : 'sound',
    figures: targets.flatMap(({ title, view, reading, screened: { target, window } }) => [
      figure(`trust-${target.id}`, `"${title}", as it counts`, view.share, 'share', {
        interval: view.interval,
        period: label,
        note: `target ${levelInWords(view.atLeast)}; ${reading.flags.length} of 20 rules fire, ${reading.notChecked.length} not checked`,
      }),
      ...(window?.isTestable
        ? [
            figure(
              `above-${target.id}`,
              `Units just above ${levelInWords(target.at_least)}`,
              window.above,
              'count',
            ),
            figure(
              `below-${target.id}`,
              `Units just below ${levelInWords(target.at_least)}`,
              window.below,
              'count',
            ),
          ]
        : []),
    ]),
    tables: [
      rulesTable(targets),
      ...(family.length > 0
        ? [screensTable(targets.map(({ title, family: own }) => ({ title, screened: own })))]
        : []),
      ...(withUnits.length > 0 ? [windowsTable(withUnits), distributionTable(withUnits)] : []),
    ],
    charts: withUnits.flatMap((one) => distributionChart(one) ?? []),
    caveats: [
      ...standingCaveats(study),
      ...new Set(family.filter((one) => one.isPattern).map(({ statement }) => statement)),
      ...(family.length > 0
        ? [
            'Screening, not proof: a pattern says what the data look like, not what anyone did. No unit is named.',
          ]
        : []),
      'Distortion is not always harm: a target can do good although it bends the numbers.',
      ...(family.length === 0
        ? ['No screen was run: the charter names no units to compare, and no target leaves cases out.']
        : []),
    ],
    next: nextSteps(targets),
    provenance: provenanceOf(study, method, { recompute: recomputeOf(targets) }),
  };
}

/** What to do next: the repairs of the first target, what would tell a pattern apart, and what to ask. */
function nextSteps(targets: readonly Trust[]): readonly string[] {
  const pattern = targets
    .flatMap((one) => one.family)
    .find((one) => one.isPattern && one.screen.isTestable)?.screen;
  const first = targets.find(({ reading }) => reading.flags.length > 0);
  const open = targets.find(({ reading }) => reading.notChecked.length > 0);
  return [
    ...(pattern?.isTestable ? [`${sentence(pattern.words.tellApart)}.`] : []),
    ...(first?.reading.flags.slice(0, 3).map(({ repair }) => repair) ?? []),
    ...(open
      ? [
          `Complete the definition of "${open.title}": ${countOf(open.reading.notChecked.length, 'rule')} could not be checked.`,
        ]
      : []),
  ];
}
