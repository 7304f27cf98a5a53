import {
  countOf,
  type Figure,
  formatInterval,
  formatValue,
  formatWithUnit,
  leastCases,
  listInWords,
  wilson,
} from '../../core/index.ts';
import { totalInterval } from '../findings/total-interval.ts';
import type { CheckFacts } from '../rework/check-facts.ts';
import type { CheckEvidence, TurnedEvidence } from '../rework/turned-evidence.ts';
import type { ResultPieces } from './rejection-loops.ts';

const inQuotes = (checks: CheckEvidence['checks'], order: readonly number[]) =>
  listInWords(order.map((place) => `"${checks[place]?.step}"`));

/** Whether what a check made vain may be told: of no case, or of ten or more. */
function isTold({ inVain }: CheckFacts): boolean {
  return inVain.cases === 0 || inVain.cases >= leastCases;
}

function workOf({ inVain }: CheckFacts, of: 'minutes' | 'pounds', scale: number): number | null {
  if (inVain.cases === 0) return 0;
  const amount = inVain[of];
  return amount === null ? null : amount * scale;
}

/** Why nothing can be said of the order of checks; null where something can. */
function obstacle({ checks, usual, saving }: CheckEvidence): string | null {
  const few = checks.filter(({ cases }) => cases < leastCases);
  if (few.length > 0)
    return `fewer than ${leastCases} closed cases have ${listInWords(few.map(({ step }) => `"${step}"`))}`;
  if (usual === null) return 'no closed case has every check, so their usual order is not known';
  if (saving !== null) return null;
  const costless = checks.filter(({ minutes, pounds }) => minutes === null && pounds === null);
  return costless.length > 0
    ? `neither the data nor the charter gives minutes for ${listInWords(costless.map(({ step }) => `"${step}"`))}`
    : 'the checks wait for one another, or some have minutes and others none';
}

function sentenceOf({ checks, saving }: CheckEvidence, inVain: number, cases: number): string {
  const vain =
    cases < leastCases
      ? ''
      : ` Checks took ${formatWithUnit(inVain, 'hours')} on ${countOf(cases, 'case')} before another check, which need not come after them, turned those down.`;
  const saved = saving?.pounds ?? saving?.hours;
  if (!saving || !saved || saved.interval.low <= 0) return vain;
  return `${vain} In the order ${inQuotes(checks, saving.order)} the checks would take ${formatWithUnit(saved.value, saving.by)} less.`;
}

/** Work of checks on cases that another check then turned down, and what another permitted order would save. */
export function checkPieces(evidence: TurnedEvidence | null): ResultPieces {
  const none = { sentence: '', figures: [], tables: [] };
  if (evidence === null) return { ...none, caveats: [] };
  const found = evidence.checks;
  if (found === null)
    return {
      ...none,
      caveats: [
        'The charter does not say which checks may change places (checks under steps, two or more), so work done in vain before a case is turned down cannot be told.',
      ],
    };
  const stops = obstacle(found);
  if (stops !== null)
    return { ...none, caveats: [`What another order of the checks would save cannot be told: ${stops}.`] };
  const { checks, usual, saving } = found;
  const places = (order: readonly number[] | undefined, place: number) =>
    order === undefined ? null : order.indexOf(place) + 1;
  const vain = checks.map(({ inVain }) => inVain).filter(({ cases }) => cases >= leastCases);
  const add = (of: 'minutes' | 'minutesSquared' | 'pounds' | 'poundsSquared') =>
    vain.every((each) => each[of] === null) ? null : vain.reduce((sum, each) => sum + (each[of] ?? 0), 0);
  const minutes = add('minutes');
  const cases = vain.reduce((sum, each) => sum + each.cases, 0);
  const figure = (
    id: string,
    name: string,
    value: number | null,
    unit: Figure['unit'],
    interval: Figure['interval'],
  ) => (value === null ? [] : [{ id, name, value, unit, interval, period: null }]);
  const squared = add('minutesSquared');
  return {
    sentence: sentenceOf(found, (minutes ?? 0) / 60, minutes === null ? 0 : cases),
    figures: [
      ...figure(
        'checked-in-vain-hours',
        'Hours of checks on cases that another check then turned down',
        minutes === null ? null : minutes / 60,
        'hours',
        totalInterval(minutes === null ? null : minutes / 60, squared === null ? null : squared / 3600),
      ),
      ...figure(
        'checked-in-vain-pounds',
        'Staff cost of those checks',
        add('pounds'),
        'pounds',
        totalInterval(add('pounds'), add('poundsSquared')),
      ),
      ...(saving?.hours
        ? figure(
            'order-hours',
            'Hours less in the cheapest order of checks',
            saving.hours.value,
            'hours',
            saving.hours.interval,
          )
        : []),
      ...(saving?.pounds
        ? figure(
            'order-pounds',
            'Staff cost less in the cheapest order of checks',
            saving.pounds.value,
            'pounds',
            saving.pounds.interval,
          )
        : []),
    ],
    tables: [
      {
        id: 'checks',
        title: 'Checks that can turn a case down, and their order',
        columns: [
          { key: 'check', title: 'Check', type: 'text' },
          { key: 'now', title: 'Usual place', type: 'number', ofNobody: true },
          { key: 'best', title: 'Place in the cheapest order', type: 'number', ofNobody: true },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'turnedDown', title: 'Turned down for good', type: 'count' },
          { key: 'share', title: 'Share turned down', type: 'share', intervalIn: 'interval' },
          { key: 'interval', title: '95% interval of the share', type: 'text' },
          { key: 'minutes', title: 'Minutes each time', type: 'number' },
          { key: 'inVain', title: 'Cases checked in vain before it', type: 'count' },
          { key: 'hours', title: 'Hours of those checks', type: 'hours' },
          { key: 'pounds', title: 'Staff cost of those checks', type: 'pounds' },
        ],
        rows: checks.map((check, place) => ({
          check: check.step,
          now: places(usual?.order, place),
          best: places(saving?.order, place),
          cases: check.cases,
          turnedDown: check.turnedDown < leastCases ? null : check.turnedDown,
          share: check.turnedDown < leastCases ? null : check.turnedDown / check.cases,
          interval:
            check.turnedDown < leastCases
              ? null
              : formatInterval(wilson(check.turnedDown, check.cases), 'share'),
          minutes: check.minutes?.mean ?? null,
          inVain: isTold(check) ? check.inVain.cases : null,
          hours: isTold(check) ? workOf(check, 'minutes', 1 / 60) : null,
          pounds: isTold(check) ? workOf(check, 'pounds', 1) : null,
        })),
        notes: [
          `Closed cases. The check before a final rejection is taken to have turned the case down. Figures of fewer than ${leastCases} cases are left out.`,
          `Of ${countOf(usual?.ofCases ?? 0, 'case')} with every check ${formatValue((usual?.cases ?? 0) / Math.max(1, usual?.ofCases ?? 0), 'share')} take them in the usual order.`,
        ],
      },
    ],
    caveats: [
      'What another order saves takes checks to turn cases down independently of one another: a case that one check turned down never shows what the others would have said. It counts no time that a new order would cost or spare elsewhere. Work before a check that the charter does not name as a check is not counted.',
    ],
  };
}
