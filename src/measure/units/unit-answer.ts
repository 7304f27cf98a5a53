import { ranksOf } from '../../stats/index.ts';
import { healthFormulaUnverified } from '../formulae/health-quality.ts';
import type { Study } from '../study.ts';
import { sentence, standingCaveats } from '../wording.ts';
import type { UnitStudy } from './study-units.ts';
import {
  adjustedLead,
  countedLead,
  inWords,
  neighbourOf,
  notOutput,
  ordinal,
  percent,
  perOne,
  proposalFor,
  unitTitle,
  weightsInWords,
} from './unit-words.ts';

/** Share of a unit's count that may be no output before it is said (product rule). */
const mostNotOutput = 0.005;

/** True where the unit in question is ahead in what is counted and behind in what counts, beyond chance. */
export function isFooled({ pairs, focus }: UnitStudy): boolean {
  return pairs.some(({ first, isReversed }) => first === focus && isReversed);
}

/** The unit that is ahead of every other, all allowed for and beyond chance; null where none is. */
function bestOf({ pairs, ranks, plan }: UnitStudy): number | null {
  const best = ranks.adjusted.indexOf(1);
  const own = pairs.filter(({ first, second }) => first === best || second === best);
  const isAhead = own.every(
    ({ first, adjusted }) => adjusted.p < 0.05 && adjusted.value > 0 === (first !== best),
  );
  return isAhead && own.length === plan.members.length - 1 ? best : null;
}

function plainWords(found: UnitStudy): string {
  const { section } = found.plan;
  const many = section.title.toLowerCase();
  const best = bestOf(found);
  const told =
    best === null
      ? `Allowing for who comes to each and what comes of it, no one of the ${many} is ahead of all others beyond chance`
      : `${unitTitle(found, best)} is ahead, allowing for who comes to each and what comes of it`;
  return `${told}; ${section.counts} counted ${perOne(found)} do not order the ${many} the opposite way`;
}

function counts(found: UnitStudy): string {
  const lead = countedLead(found);
  const { section } = found.plan;
  const side = lead.value >= 0 ? 'more' : 'fewer';
  return `${unitTitle(found, found.focus)} counts ${percent(lead.value)} ${side} ${section.counts} ${perOne(found)} than the others together`;
}

/** The answer: what is counted, what counts, the weights under which that holds, and what is no output. */
export function unitAnswer(found: UnitStudy, titleOf: (ending: string) => string): string {
  const { focus, ranks, plan } = found;
  const own = unitTitle(found, focus);
  const none = notOutput(found, focus, titleOf);
  const about =
    none.share >= mostNotOutput
      ? ` Of what ${own} counts, ${percent(none.share)} are no ${plan.section.counts}: ${none.endings.join(', ')}.`
      : '';
  if (!isFooled(found)) return `${plainWords(found)}.${about}`;
  const weights = weightsInWords(found);
  const lead = adjustedLead(found);
  const next = unitTitle(found, neighbourOf(found));
  const place = ordinal(ranks.adjusted[focus] ?? 1);
  return `${sentence(counts(found))} and comes ${ordinal(ranks.counted[focus] ?? 1)}. Allowing for who comes to it and what comes of it, ${own} is only ${place} of ${inWords(plan.members.length)}, ${percent(lead.value)} behind ${next}.${weights ? ` ${weights}.` : ''}${about}`;
}

/** What must be said of the four-part formula: that it is unverified, and where it orders the units otherwise. */
function healthCaveats(found: UnitStudy): readonly string[] {
  const { focus, ranks, replicates } = found;
  const places = (of: 'score' | 'sameLifeScore') =>
    ranksOf(replicates.whole.map(({ health }) => health?.[of] ?? Number.NaN))[focus] ?? 1;
  if (replicates.whole.some(({ health }) => health === null)) return [];
  const [asTheyCome, sameLife] = [places('score'), places('sameLifeScore')];
  const own = unitTitle(found, focus);
  return [
    healthFormulaUnverified,
    ...(asTheyCome === ranks.adjusted[focus] && sameLife === asTheyCome
      ? []
      : [
          `By that formula ${own} comes ${ordinal(sameLife)} with the same life expectancy for all, and ${ordinal(asTheyCome)} where the longer or shorter life of those who come to each counts.`,
        ]),
  ];
}

/** What a reader must know of the comparison. */
export function unitCaveats(study: Study, found: UnitStudy): readonly string[] {
  const { plan, mix, focus } = found;
  const own = mix[focus];
  return [
    ...standingCaveats(study),
    ...(own && own.reading === 'easier'
      ? [
          `Pattern consistent with easier cases being taken at ${unitTitle(found, focus)} (they take ${percent(own.mix.value)} less anywhere). Also consistent with: who lives near, what it is there for, or other recording of how ill people are. To tell them apart: ask who is referred, refused and sent on, by difficulty.`,
        ]
      : []),
    ...healthCaveats(found),
    ...((plan.section.case_mix ?? []).length === 0
      ? ['No case mix is named in the charter: units are compared as if the same cases came to each.']
      : [
          `Alike means alike in ${(plan.section.case_mix ?? []).map((column) => `"${column}"`).join(', ')}; what is not recorded is not allowed for.`,
        ]),
    ...(found.shareLeftOut > 0.0005
      ? [
          `${percent(found.shareLeftOut)} of cases are of kinds that some unit does not have; they are left out of the parts of quality.`,
        ]
      : []),
    ...(plan.takenAsAlike.length > 0
      ? [`Not known by unit and taken to be alike: ${plan.takenAsAlike.join(', ')}.`]
      : []),
    'The weights of the parts are a choice: the table of places shows the order under all others. That is no part of any range.',
    'What the units used is taken as exact. Organisations, places and teams may be compared so, persons never.',
  ];
}

/** What to do next, what one unit could learn from another first. */
export function unitNext(found: UnitStudy, titleOf: (ending: string) => string): readonly string[] {
  const { plan, focus } = found;
  const none = notOutput(found, focus, titleOf);
  const proposals = found.practices.flatMap((practice) => proposalFor(found, practice) ?? []);
  return [
    ...(isFooled(found)
      ? [
          `Stop judging ${plan.section.title.toLowerCase()} by ${plan.section.counts} counted ${perOne(found)}: look at what counts, with its parts.`,
        ]
      : []),
    ...proposals,
    ...(none.share >= mostNotOutput
      ? [`Do not count ${none.endings.join(', ')} as ${plan.section.counts}, at any of them.`]
      : []),
    'Ask those who do the work why the units differ, before anything is made of a place in a table.',
  ];
}
