import type { Charter, Clock, KnownDefinition } from '../../define/index.ts';
import type { Study } from '../study.ts';
import type { TargetView } from '../targets.ts';

type Target = NonNullable<Charter['targets']>[number];

/** Clocks whose columns a condition speaks of: a clock "end-to-end" gives `end_to_end_days` and the like. */
function clocksIn(clocks: readonly Clock[], conditions: readonly (string | undefined)[]): readonly Clock[] {
  const text = conditions.join(' ');
  return clocks.filter(({ id }) => new RegExp(`\\b${id.replaceAll('-', '_')}_[a-z]`).test(text));
}

/** Fields that the charter settles by itself for a target counted from cases. */
function fromCases(target: Target, charter: Charter): KnownDefinition {
  const clocks = clocksIn(charter.clocks ?? [], [target.share, target.of]);
  return {
    clock_pauses: clocks.flatMap(({ pause }) => (pause ?? []).map(({ from }) => from)),
    clock_restarts_on: clocks.flatMap(({ restart }) => restart ?? []),
    respondents: 'all',
    self_reported: false,
    same_cohort: true,
    source: 'cases of the service',
  };
}

/**
 * What the charter says of how a target is put together: what follows from how it is counted, and over it what
 * its own `definition` declares. What neither says has not been asked about, and no default is taken for it.
 */
export function targetDefinition(study: Study, target: Target, view: TargetView): KnownDefinition {
  const { charter } = study.plan;
  const isOutcome = charter.outcomes.some(
    ({ measure }) => measure !== undefined && measure === target.compare_with,
  );
  const isConditional = target.of !== undefined;
  const worked: KnownDefinition = {
    stat: 'share',
    counts: 'case',
    claims: isOutcome ? 'outcome' : 'quality',
    denominator_scope: isConditional ? 'conditional' : 'all',
    excluded_share: isConditional ? (view.coverage === null ? null : 1 - view.coverage) : 0,
    within_target: target.at_least,
    level: 'service',
    owner: charter.owner,
    ...(target.since === undefined ? {} : { effective_from: target.since }),
    ...(target.share === undefined ? {} : fromCases(target, charter)),
  };
  // The share aimed at is in the charter already: a definition may correct it, and cannot leave it out.
  const { within_target: declared, ...said } = target.definition ?? {};
  return { ...worked, ...said, ...(declared == null ? {} : { within_target: declared }) };
}
