import { countOf, formatValue, periodLabel, type Result } from '../../core/index.ts';
import { latestPeriods } from '../floors.ts';
import { screenFamily } from '../gaming/screen.ts';
import { lintMetric } from '../metric-linter/lint-metric.ts';
import type { ResolvedStudy } from '../resolved/study-teams.ts';
import { provenanceOf, type Study } from '../study.ts';
import { openCaveat, type TargetView, viewTargets } from '../targets.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import { greenFirst, type Trust, trustAnswer } from './answer.ts';
import { ofContacts, ofContactsFigures } from './of-contacts.ts';
import { levelInWords, type ScreenedTarget, screensOf, screenTarget } from './screen-target.ts';
import { distributionChart, distributionTable, rulesTable, screensTable, windowsTable } from './tables.ts';
import { targetDefinition } from './target-definition.ts';

const question = 'Which of our green numbers should I not trust?';
const method =
  'Definitions by twenty rules (after Bevan and Hood, 2006); local polynomial density (Cattaneo, Jansson and Ma, 2020), exact binomial and cluster sign test at the threshold, trend of cases left out; false discovery rate of 5% (Benjamini and Hochberg, 1995)';

async function readTargets(study: Study, found: ResolvedStudy | null): Promise<readonly Trust[]> {
  const targets = study.plan.charter.targets ?? [];
  const { starts, label: period } = latestPeriods(study);
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
        period,
        contacts: ofContacts(study, definition, found),
        screened: one,
        family: own,
        reading: lintMetric(definition, 'not-checked'),
      },
    ];
  });
}

/** Windows each side that the window test looks at: its own, and those that tell a slope from a step. */
const windowsLookedAt = 7;

/**
 * Calls that give the window tests again, from the shares that they look at. The density rests on every share, too
 * many for a page: `calc density` gives it again from the extract.
 */
function recomputeOf(targets: readonly Trust[]) {
  return targets.flatMap(({ screened: { units, window, target } }) => {
    if (!units || !window?.isTestable) return [];
    const reach = windowsLookedAt * units.window + 1e-9;
    const near = units.shares.filter(({ share }) => Math.abs(share - target.at_least) <= reach);
    return [
      {
        method: 'window',
        input: {
          values: near.map(({ share }) => share),
          units: near.map(({ unit }) => unit),
          cut: target.at_least,
          width: units.window,
        },
      },
    ];
  });
}

/** The whole periods, of which all the shares of units are looked at. */
function wholeSpan({ complete, plan }: Study): string | null {
  const [first, last] = [complete[0], complete.at(-1)];
  if (first === undefined || last === undefined) return null;
  return `${periodLabel(plan.grain, first)} to ${periodLabel(plan.grain, last)}`;
}

/** What a target would read with the cases that are still open and already late. */
function withOpenNote({ withOpen }: TargetView): string {
  return withOpen
    ? `${formatValue(withOpen.share, 'share')} with ${countOf(withOpen.openLate, 'open case')} already late; `
    : '';
}

/** The targets of the charter: how they are defined, whom they leave out, and what they leave in the data. */
export async function trustResult(study: Study, found: ResolvedStudy | null): Promise<Result> {
  const { label } = latestPeriods(study);
  const targets = greenFirst(await readTargets(study, found));
  const withUnits = targets.map(({ screened }) => screened).filter(({ units }) => units !== null);
  const family = targets.flatMap((one) => one.family);
  const flags = targets.reduce((sum, { reading }) => sum + reading.flags.length, 0);
  const open = targets.reduce((sum, { reading }) => sum + reading.notChecked.length, 0);
  const isCounted =
    targets.some(({ view }) => view.share !== null) || family.some(({ screen }) => screen.isTestable);
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
    answer: trustAnswer(targets, isCounted),
    status: !isCounted
      ? 'cannot-tell'
      : flags + open > 0 || family.some((one) => one.isPattern)
        ? 'caution'
        : 'sound',
    figures: targets.flatMap(({ title, view, contacts, reading, screened: { target, window } }) => [
      figure(`trust-${target.id}`, `"${title}", as it counts`, view.share, 'share', {
        interval: view.interval,
        period: label,
        note: `target ${levelInWords(view.atLeast)}; ${withOpenNote(view)}${reading.flags.length} of 20 rules fire, ${reading.notChecked.length} not checked`,
      }),
      ...ofContactsFigures(target.id, contacts),
      ...(window?.isTestable
        ? [
            figure(
              `above-${target.id}`,
              `Units just above ${levelInWords(target.at_least)}`,
              window.above,
              'count',
              { period: wholeSpan(study) },
            ),
            figure(
              `below-${target.id}`,
              `Units just below ${levelInWords(target.at_least)}`,
              window.below,
              'count',
              { period: wholeSpan(study) },
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
      ...targets.flatMap(({ view }) => openCaveat(view)),
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
