import { formatValue, type Interval, leastCases, type Table, wilson } from '../core/index.ts';
import { countCheck, sumChecks } from './collect-checks.ts';
import { countOpenLate } from './open-late/open-late.ts';
import { countingOpen } from './open-late/with-open.ts';
import { pooledMeasure } from './pooled.ts';
import type { Study } from './study.ts';

/** A target in use beside the same question asked of everyone. */
export interface TargetView {
  readonly id: string;
  readonly title: string;
  readonly atLeast: number;
  /** The share among the cases the target covers. */
  readonly share: number | null;
  readonly interval: Interval | null;
  readonly n: number;
  /** Share of all cases that the target covers; null where it cannot be told. */
  readonly coverage: number | null;
  /** The share for everyone, by the measure it is compared with. */
  readonly everyone: number | null;
  readonly everyoneInterval: Interval | null;
  readonly compareWith: number | null;
  /** With the cases that are open and already late among those that miss it; null where none can be told, or under ten. */
  readonly withOpen: {
    readonly openLate: number;
    readonly share: number;
    readonly interval: Interval;
  } | null;
}

/** A target counted from cases, with those that were open and already late at the end among the ones that miss it. */
async function targetWithOpen(
  study: Study,
  target: {
    readonly id: string;
    readonly title: string;
    readonly share: string;
    readonly of?: string | undefined;
  },
  counted: { readonly has: number; readonly covered: number },
  outputs: readonly number[],
  starts: readonly string[],
): Promise<TargetView['withOpen']> {
  const openLate = await countOpenLate(study, { ...target, id: `target-${target.id}`, outputs }, starts);
  if (openLate === null || openLate < leastCases) return null;
  const found = countingOpen(counted.has, counted.covered, openLate);
  return found && { openLate, share: found.withOpen, interval: found.interval };
}

/** Each target over the given periods, counted from cases, or read from the measure it is compared with. */
export async function viewTargets(study: Study, starts: readonly string[]): Promise<readonly TargetView[]> {
  const views: TargetView[] = [];
  for (const target of study.plan.charter.targets ?? []) {
    const planned = study.plan.measures.find(({ measure }) => measure.id === target.compare_with);
    const everyone = planned ? pooledMeasure(study, planned.index, starts, planned.outputs) : null;
    const isLower = planned?.measure.direction === 'lower';
    const share =
      everyone?.isShare && everyone.value !== null ? (isLower ? 1 - everyone.value : everyone.value) : null;
    const { share: condition, of, id, title } = target;
    const outputs = planned?.outputs ?? study.plan.outputs.map((_, o) => o);
    const isOwn = study.facts !== null && condition !== undefined;
    const counted =
      study.facts && condition !== undefined
        ? sumChecks(
            await countCheck(
              study.workspace,
              study.plan,
              study.facts,
              { id, title, share: condition, of },
              outputs,
              study.queries,
            ),
            starts,
          )
        : null;
    const isKnown = counted !== null && counted.covered >= leastCases;
    const own = isKnown ? counted.has / counted.covered : null;
    views.push({
      id,
      title,
      atLeast: target.at_least,
      share: isKnown ? own : isOwn ? null : share,
      interval: isKnown
        ? wilson(counted.has, counted.covered)
        : isOwn || isLower
          ? null
          : (everyone?.interval ?? null),
      n: isKnown ? counted.covered : (everyone?.n ?? 0),
      coverage: isKnown ? counted.covered / counted.all : isOwn || of !== undefined ? null : 1,
      everyone: share,
      everyoneInterval: isLower ? null : (everyone?.interval ?? null),
      compareWith: planned?.index ?? null,
      withOpen:
        isKnown && condition !== undefined
          ? await targetWithOpen(study, { id, title, share: condition, of }, counted, outputs, starts)
          : null,
    });
  }
  return views;
}

/** Targets as a table. */
export function targetsTable(views: readonly TargetView[], label: string): Table {
  const hasOpen = views.some(({ withOpen }) => withOpen !== null);
  return {
    id: 'targets',
    title: `Targets in use, beside the share for everyone, ${label}`,
    columns: [
      { key: 'target', title: 'Target', type: 'text' },
      { key: 'atLeast', title: 'At least', type: 'share', ofNobody: true },
      { key: 'share', title: 'As the target counts', type: 'share' },
      { key: 'low', title: 'Low', type: 'share' },
      { key: 'high', title: 'High', type: 'share' },
      { key: 'n', title: 'Cases it covers', type: 'count' },
      { key: 'coverage', title: 'Share of cases it covers', type: 'share' },
      { key: 'everyone', title: 'For everyone', type: 'share' },
      ...(hasOpen
        ? ([
            { key: 'openLate', title: 'Open and already late', type: 'count' },
            { key: 'withOpen', title: 'As the target counts, with these', type: 'share' },
          ] as const)
        : []),
      { key: 'verdict', title: 'Reading', type: 'text' },
    ],
    rows: views.map((view) => ({
      target: view.title,
      atLeast: view.atLeast,
      share: view.share,
      low: view.interval?.low ?? null,
      high: view.interval?.high ?? null,
      n: view.n,
      coverage: view.coverage,
      everyone: view.everyone,
      ...(hasOpen
        ? { openLate: view.withOpen?.openLate ?? null, withOpen: view.withOpen?.share ?? null }
        : {}),
      verdict: reading(view),
    })),
  };
}

function reading(view: TargetView): string {
  if (view.share === null) return 'cannot tell';
  const met = view.share >= view.atLeast ? 'met as it counts' : 'missed';
  const truth =
    view.everyone !== null && view.share >= view.atLeast && view.everyone < view.atLeast
      ? ', missed for everyone'
      : '';
  return `${met}${truth}${isMetWithoutOpen(view) ? ', missed with open cases that are already late' : ''}`;
}

/** True for a target that is met only because cases that are still open and already late are not counted yet. */
export function isMetWithoutOpen({ share, atLeast, withOpen }: TargetView): boolean {
  return share !== null && withOpen !== null && share >= atLeast && withOpen.share < atLeast;
}

/** What a reader of a target must know: whom it leaves out, and what the share is for everyone. */
export function targetCaveats(views: readonly TargetView[]): readonly string[] {
  return views.flatMap((view) => [...openCaveat(view), ...coverageCaveat(view)]);
}

/** How many more cases than a target counts were still open and already late, where ten or more are. */
export function openCaveat({ title, share, withOpen }: TargetView): readonly string[] {
  if (share === null || withOpen === null) return [];
  return [
    `The target "${title}" counts cases that have ended: ${formatValue(withOpen.openLate, 'count')} more were still open and already late, and with them the share is ${formatValue(withOpen.share, 'share')}.`,
  ];
}

function coverageCaveat(view: TargetView): readonly string[] {
  if (view.share === null) return [`The target "${view.title}" cannot be counted from the data.`];
  if (view.coverage === null || view.coverage > 0.9995) return [];
  const everyone =
    view.everyone === null
      ? 'the same share for everyone is not measured'
      : `for everyone the share is ${formatValue(view.everyone, 'share')}`;
  return [
    `The target "${view.title}" covers ${formatValue(view.coverage, 'share')} of cases, and among them the share is ${formatValue(view.share, 'share')}; ${everyone}.`,
  ];
}
