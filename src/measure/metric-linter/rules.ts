import { allOf, anyOf, negate, type Truth } from '../../core/index.ts';
import { isIsoDate, type KnownDefinition, type MetricDefinition } from '../../define/index.ts';

type Role = MetricDefinition['paired'][number]['role'];

/** Share of cases that a metric may leave out before it must show them (product rule). */
const mostExcluded = 0.05;

/** One way in which a metric misleads, how to see it in the definition, and the repair. */
export interface MetricRule {
  readonly rule: `M${string}`;
  readonly name: string;
  /** One plain sentence: how the number will mislead. */
  readonly misleads: string;
  readonly repair: string;
  /** True where a metric with this fault may not be used at all. */
  readonly blocks?: true;
  /** The fields it reads. */
  readonly fields: readonly (keyof MetricDefinition)[];
  /** Null where a field that decides it has not been asked about. */
  readonly fires: (metric: KnownDefinition) => Truth;
}

/** Whether a field passes a test; null where it has not been asked about. */
function field<Name extends keyof MetricDefinition>(
  metric: KnownDefinition,
  name: Name,
  test: (value: MetricDefinition[Name]) => boolean,
): Truth {
  const value = metric[name];
  return value === undefined ? null : test(value as MetricDefinition[Name]);
}

function oneOf<Name extends 'stat' | 'counts' | 'claims' | 'level' | 'respondents'>(
  metric: KnownDefinition,
  name: Name,
  ...values: readonly MetricDefinition[Name][]
): Truth {
  return field(metric, name, (value) => values.includes(value));
}

const lacks = (metric: KnownDefinition, ...roles: readonly Role[]): Truth =>
  field(metric, 'paired', (paired) => !paired.some(({ role }) => roles.includes(role)));

const hasTarget = (metric: KnownDefinition): Truth =>
  anyOf(
    field(metric, 'within_target', (share) => share !== null),
    field(metric, 'target_history', (targets) => targets.length > 0),
  );

type Targets = MetricDefinition['target_history'];

/** Whether two levels were aimed at in one period; the same level written twice is one. */
function hasTwoInOnePeriod(targets: Targets): boolean {
  const levels = new Set(targets.map(({ period, value }) => JSON.stringify([period, value])));
  return new Set(targets.map(({ period }) => period)).size < levels.size;
}

/** 1 where a higher level is easier to meet, -1 where a lower one is; null where the definition does not tell. */
function easierDirection({ stat, counts, within_target: share }: KnownDefinition): 1 | -1 | null {
  if (stat === 'share' || (share !== null && share !== undefined)) return -1;
  return counts === 'time' && (stat === 'mean' || stat === 'median' || stat === 'percentile') ? 1 : null;
}

/**
 * Whether a later target is easier: as it says itself (`easier`), or, where it says nothing and the direction is
 * known, by its level.
 */
function wasMadeEasier(metric: KnownDefinition, targets: Targets): boolean {
  const direction = easierDirection(metric);
  const isDated = targets.every(({ period }) => /^\d{4}/.test(period));
  const inTime = isDated
    ? targets.toSorted((a, b) => (a.period < b.period ? -1 : Number(a.period > b.period)))
    : targets;
  return inTime.some(({ value, easier }, i) => {
    const before = inTime[i - 1];
    if (easier !== undefined || direction === null || before === undefined) return easier === true;
    return (value - before.value) * direction > 0;
  });
}

const isBlank = (text: string | null) => text === null || text.trim() === '';

/** The twenty rules, after Bevan and Hood (2006): a target covers part of what matters, and the rest moves. */
export const metricRules: readonly MetricRule[] = [
  {
    rule: 'M01',
    name: 'volume only',
    misleads:
      'It rises when the same work is done worse, faster or twice, because nothing beside it says what came of the work.',
    repair: 'Show it only with a measure of quality or outcome for the same work.',
    fields: ['stat', 'counts', 'claims', 'paired'],
    fires: (m) =>
      allOf(
        oneOf(m, 'stat', 'count', 'sum'),
        oneOf(m, 'counts', 'contact', 'event', 'session', 'case'),
        oneOf(m, 'claims', 'output'),
        lacks(m, 'quality', 'outcome'),
      ),
  },
  {
    rule: 'M02',
    name: 'handled, not resolved',
    misleads: 'A person who has to come back counts as a new success each time.',
    repair: 'Count issues resolved: no further contact on the issue within a stated number of days.',
    fields: ['counts', 'claims', 'repeat_window_days'],
    fires: (m) =>
      allOf(
        oneOf(m, 'counts', 'contact', 'session'),
        oneOf(m, 'claims', 'output', 'outcome'),
        field(m, 'repeat_window_days', (days) => days === null),
      ),
  },
  {
    rule: 'M03',
    name: 'conditional population',
    misleads: 'Hard cases can be moved out of the count, and the number improves while people wait.',
    repair: 'Count all cases, or show the cases left out, and how they fare, beside it.',
    fields: ['denominator_scope', 'excluded_share'],
    fires: (m) =>
      anyOf(
        // Cases that are left out are left out, whatever the scope says.
        typeof m.excluded_share === 'number' && m.excluded_share > mostExcluded,
        allOf(
          field(m, 'denominator_scope', (scope) => scope === 'conditional'),
          field(m, 'excluded_share', (share) => share === null),
        ),
      ),
  },
  {
    rule: 'M04',
    name: 'clock',
    misleads:
      'Stopping or restarting the clock shortens the recorded wait and not the one that people live through.',
    repair: 'Show the wait from start to end, without pauses or restarts, beside it.',
    fields: ['clock_pauses', 'clock_restarts_on', 'paired'],
    fires: (m) =>
      allOf(
        anyOf(
          field(m, 'clock_pauses', (pauses) => pauses.length > 0),
          field(m, 'clock_restarts_on', (restarts) => restarts.length > 0),
        ),
        lacks(m, 'end_to_end'),
      ),
  },
  {
    rule: 'M05',
    name: 'threshold without its tail',
    misleads:
      'Effort goes to cases just inside the limit, and those past it can wait for ever without changing the number.',
    repair: 'Show the 90th or 95th percentile, or the longest wait, beside it.',
    fields: ['within_target', 'tail_reported'],
    fires: (m) =>
      allOf(
        field(m, 'within_target', (share) => share !== null),
        field(m, 'tail_reported', (reported) => !reported),
      ),
  },
  {
    rule: 'M06',
    name: 'average',
    misleads: 'One average hides those who wait longest and the groups that fare worst.',
    repair: 'Show the tail and the figure by group beside it.',
    fields: ['stat', 'tail_reported', 'subgroups_reported'],
    fires: (m) =>
      allOf(
        oneOf(m, 'stat', 'mean', 'median'),
        anyOf(
          field(m, 'tail_reported', (reported) => !reported),
          field(m, 'subgroups_reported', (reported) => !reported),
        ),
      ),
  },
  {
    rule: 'M07',
    name: 'the stop is not the end',
    misleads:
      'Closing, voiding, answering or passing a case on counts as success before the person has a result.',
    repair: 'Follow the cohort to its final outcome, or show the outcome beside it.',
    fields: ['stop_is_final_outcome', 'paired'],
    fires: (m) =>
      allOf(
        field(m, 'stop_is_final_outcome', (isFinal) => !isFinal),
        lacks(m, 'outcome'),
      ),
  },
  {
    rule: 'M08',
    name: 'completers only',
    misleads: 'Those who gave up or did not reply are not heard, and they are the ones it failed.',
    repair: 'Ask after the outcome, weight the answers, and show how many did not reply.',
    fields: ['respondents', 'response_rate'],
    fires: (m) =>
      anyOf(
        oneOf(m, 'respondents', 'completers'),
        allOf(
          oneOf(m, 'respondents', 'sample'),
          field(m, 'response_rate', (rate) => rate === null),
        ),
      ),
  },
  {
    rule: 'M09',
    name: 'self-report',
    misleads: 'It says what those who gain from a good number report, not what happened.',
    repair: 'Measure it, or show a measured outcome beside it.',
    fields: ['self_reported', 'paired'],
    fires: (m) =>
      allOf(
        field(m, 'self_reported', (isSelfReported) => isSelfReported),
        lacks(m, 'outcome'),
      ),
  },
  {
    rule: 'M10',
    name: 'too early',
    misleads: 'It is read before the outcome can have failed, so it looks better than it will be.',
    repair: 'Wait until the outcome is mature, or call it a nowcast and score it later.',
    fields: ['maturity_days', 'measured_after_days'],
    fires: (m) => {
      const { maturity_days: maturity, measured_after_days: after } = m;
      if (maturity === 0) return false;
      return maturity === undefined || after === undefined ? null : after < maturity;
    },
  },
  {
    rule: 'M11',
    name: 'person',
    misleads:
      'It ranks people for what the case mix and the system decide, and they will protect themselves from it.',
    repair: 'Blocked: measure the service or the team, never a person.',
    blocks: true,
    fields: ['level'],
    fires: (m) => oneOf(m, 'level', 'person'),
  },
  {
    rule: 'M12',
    name: 'input as output',
    misleads: 'Spending more counts as achieving more.',
    repair: 'Move it to inputs, and measure what the input brought.',
    fields: ['counts', 'claims'],
    fires: (m) =>
      allOf(oneOf(m, 'counts', 'money', 'time', 'input'), oneOf(m, 'claims', 'output', 'outcome')),
  },
  {
    rule: 'M13',
    name: 'efficiency alone',
    misleads:
      'It improves when the work gets worse, as long as it gets worse more slowly than it gets cheaper.',
    repair: 'Show it only with a measure of quality or outcome for the same work.',
    fields: ['claims', 'paired'],
    fires: (m) => allOf(oneOf(m, 'claims', 'efficiency'), lacks(m, 'quality', 'outcome')),
  },
  {
    rule: 'M14',
    name: 'stock alone',
    misleads:
      'A stock falls as well when fewer people come or cases are closed unresolved as when work is done.',
    repair: 'Show arrivals, completions and ages beside it.',
    fields: ['stat', 'paired'],
    fires: (m) => allOf(oneOf(m, 'stat', 'stock'), lacks(m, 'flow')),
  },
  {
    rule: 'M15',
    name: 'undated',
    misleads:
      'Nobody can tell whose number it is, since when it holds or where it comes from, so it can change unseen.',
    repair: 'Name the owner, the day it starts and the source.',
    fields: ['owner', 'effective_from', 'source'],
    fires: (m) =>
      anyOf(
        field(m, 'owner', isBlank),
        field(m, 'effective_from', (day) => day === null || !isIsoDate(day.trim())),
        field(m, 'source', isBlank),
      ),
  },
  {
    rule: 'M16',
    name: 'moving target',
    misleads: 'A target that was made easier turns green without any change in the service.',
    repair: 'Register the change with its date and reason, and show the series against both targets.',
    fields: ['target_history'],
    fires: (m) =>
      field(m, 'target_history', (targets) => hasTwoInOnePeriod(targets) || wasMadeEasier(m, targets)),
  },
  {
    rule: 'M17',
    name: 'no counter-measure',
    misleads: 'What the target presses on improves at the cost of whatever it does not count.',
    repair: 'Add a measure from the other side that would fall if the target were met the wrong way.',
    fields: ['within_target', 'target_history', 'paired'],
    fires: (m) => allOf(hasTarget(m), lacks(m, 'counter')),
  },
  {
    rule: 'M18',
    name: 'mixed cohorts',
    misleads:
      'It divides the results of one group of cases by the number of another, so it moves with volume alone.',
    repair: 'Take numerator and denominator from the same cases.',
    fields: ['same_cohort'],
    fires: (m) => negate(field(m, 'same_cohort', (isSame) => isSame)),
  },
  {
    rule: 'M19',
    name: 'cost downstream left out',
    misleads: 'Cost pushed to another team, body, year or the people served counts as a saving.',
    repair:
      'Count the cost generated: handling, errors, repeats, complaints and appeals, to a fixed horizon.',
    fields: ['claims', 'downstream_cost_included'],
    fires: (m) =>
      allOf(
        oneOf(m, 'claims', 'efficiency'),
        field(m, 'downstream_cost_included', (isIncluded) => !isIncluded),
      ),
  },
  {
    rule: 'M20',
    name: 'hidden weights',
    misleads: 'Whoever sets the weights sets the answer, and nobody can see them.',
    repair: 'Declare the weights, whose they are, and the answer under others.',
    fields: ['stat', 'weights'],
    fires: (m) =>
      allOf(
        oneOf(m, 'stat', 'index'),
        field(m, 'weights', (weights) => weights !== 'declared'),
      ),
  },
];
