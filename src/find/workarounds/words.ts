import { countOf, formatValue } from '../../core/index.ts';
import type { Cluster } from './cluster.ts';
import type { Contrast } from './contrast.ts';
import type { PossibleWorkaround } from './possible-workarounds.ts';

/** The names behind the numbers that patterns compare. */
export interface PatternNames {
  readonly step: ReadonlyMap<number, string>;
  readonly team: ReadonlyMap<number, string>;
  /** Titles of the charter's groups by column. */
  readonly groups: ReadonlyMap<string, string>;
}

/** What is said of a possible workaround: what it is, what it looks like, and what to ask. */
export interface WorkaroundWords {
  readonly title: string;
  /** The kind of cause that such a sign often has; never more than a guess to be asked about. */
  readonly looksLike: string;
  readonly question: string;
}

const causes = {
  'rare-step': 'an exception that the usual steps have no place for',
  'recurrent-sequence': 'a system that asks for the same work twice, or work sent back',
  'frequent-occurrence': 'work done again, or recorded several times',
  'missing-step': 'a rule that people find needless, or a system that lets the step be skipped',
  'wrong-order': 'a step done ahead of its turn to save time, or recorded later than done',
  'unusual-neighbour': 'a way round a step that is slow or blocked',
  'exclusive-steps': 'a case handled by two routes at once',
  'direct-repetition': 'a system limit: what is needed does not fit into one record',
  'value-out-of-bounds': 'a slip of the keyboard, or a value that stands for something else',
  'words-in-text': 'information that the system has no place for',
  'linked-values': 'a value that stands for something else, or one corrected without the other',
  'value-changed': 'a correction, or a value bent to get past a check',
  'unusual-team': 'too little room in the usual team, or a matter of training',
  'team-does-often': 'a local rule, or a kind of case that one team gets',
  'team-uses-value': 'a value that one team uses for what the system has no word for',
  'number-of-workers': 'a case that nobody keeps, or that needs several skills',
  'outside-hours': 'more demand than the hours hold, or records made up later',
  'delay-from-start': 'work taken out of turn, or left lying',
  'time-between': 'a wait that the system does not record, or work recorded later than done',
  'step-duration': 'work done elsewhere, or a record opened and left',
  'case-duration': 'a case handled apart from the others',
  'split-cases': 'a limit that sends larger cases through a slower check',
  'logging-delay': 'records made from notes after the work',
  contrast: 'a local rule, training or system that others do not have',
} as const;

const quoted = (name: string | undefined) => `"${name ?? 'unknown'}"`;

function ofTeam(cluster: Cluster, names: PatternNames): string {
  const team = cluster.team === null ? undefined : names.team.get(cluster.team);
  return team === undefined ? '' : `, nearly all of them in ${team}`;
}

function runOf(cluster: Cluster, names: PatternNames): string {
  const steps = (cluster.attribute ?? '').split(',').map((number) => quoted(names.step.get(Number(number))));
  return steps.join(', ');
}

type Say = (what: string, question: string) => Omit<WorkaroundWords, 'looksLike'>;

function wordsOfNotes(cluster: Cluster, step: string, say: Say): Omit<WorkaroundWords, 'looksLike'> {
  switch (cluster.attribute) {
    case 'spreadsheet':
    case 'own list':
      return say(
        `Notes at ${step} speak of ${cluster.attribute === 'spreadsheet' ? 'a spreadsheet' : 'a list or record of one’s own'}`,
        'What is kept there, and which field of the system would hold it?',
      );
    case 'placeholder':
      return say(
        `Notes at ${step} hold "test", "TBC" or the like`,
        `What has to be filled in at ${step} before it is known?`,
      );
    default:
      return say(
        `Notes at ${step} speak of a way round the system three times as often as other teams': ${cluster.attribute}`,
        'What is dealt with that way there, and what of it reaches the record?',
      );
  }
}

function clusterWords(
  cluster: Cluster,
  about: string,
  share: number,
  names: PatternNames,
): Omit<WorkaroundWords, 'looksLike'> {
  const { pattern, direction } = cluster;
  const step = quoted(names.step.get(cluster.step ?? 0));
  const other = quoted(names.step.get(cluster.other ?? 0));
  const cases = `${about}${countOf(cluster.cases, 'case')}, ${formatValue(share, 'share')} of all${ofTeam(cluster, names)}`;
  const say = (what: string, question: string) => ({ title: `${what}: ${cases}.`, question });
  const ask = `Ask those who do ${step} why.`;
  switch (pattern) {
    case 'missing-step':
      return say(
        `${step} is left out, where nearly all comparable cases have it`,
        `What happens instead of ${step}, and what does leaving it out cost later?`,
      );
    case 'frequent-occurrence':
      return direction === 'fewer'
        ? say(
            `${step} is done less often than in comparable cases, or left out`,
            `What happens instead of ${step}, and what does leaving it out cost later?`,
          )
        : say(
            `${step} is done far more often than in comparable cases`,
            `What makes people do ${step} again in one case?`,
          );
    case 'direct-repetition':
      return say(
        `${step} is done again straight after itself`,
        `Does ${step} have to be repeated, or does the record not hold what is needed at once?`,
      );
    case 'unusual-neighbour':
      return cluster.other === null
        ? say(
            `${step} comes at an unusual point, beside steps that it hardly ever stands next to`,
            `What takes a case to ${step} out of the usual order?`,
          )
        : say(
            `${step} is followed by ${other}, which it hardly ever is`,
            `What takes a case from ${step} straight to ${other}?`,
          );
    case 'wrong-order':
      return say(
        `${step} comes before ${other}, which it hardly ever does`,
        `Why is ${step} done first in these cases, and what does ${other} then still change?`,
      );
    case 'words-in-text':
      return wordsOfNotes(cluster, step, say);
    case 'linked-values':
      return say(
        `At ${step}, values that nearly always go together do not: ${cluster.attribute}`,
        'Does one of the two values stand for something else in these cases?',
      );
    case 'team-does-often':
      return say(
        `${step} takes up far more of the work of ${cluster.attribute} than of teams that do the same work`,
        `What brings ${step} to ${cluster.attribute} so often?`,
      );
    case 'team-uses-value':
      return say(
        `At ${step}, one team gives a value three times as often as others: ${cluster.attribute}`,
        'What does this value stand for there?',
      );
    case 'split-cases':
      return say(
        `Cases that start close together for the same party are each below "${cluster.attribute}" and together above it`,
        'Would these have been one case without the limit, and what does the limit protect?',
      );
    case 'unusual-team':
      return say(
        `${step} is done by a team that hardly ever does it`,
        `Who asked for ${step} to be done there, and does that team have what it needs?`,
      );
    case 'rare-step':
      return say(
        `${step}, which hardly any comparable case has`,
        `What is ${step} for, and where else would it go?`,
      );
    case 'exclusive-steps':
      return say(
        `${step} and ${other} are both done, which hardly ever happens`,
        `Why are both ${step} and ${other} needed in one case?`,
      );
    case 'recurrent-sequence':
      return say(
        `The run of ${runOf(cluster, names)} is gone through twice or more`,
        'What sends these cases round again?',
      );
    case 'number-of-workers':
      return say(
        `${direction === 'fewer' ? 'Fewer' : 'More'} people worked on the case than on comparable ones`,
        'Does somebody keep the whole of such a case in view?',
      );
    case 'value-changed':
      return say(
        `"${cluster.attribute}" changes at ${step}, and stays the same in most cases`,
        `Who changes "${cluster.attribute}" at ${step}, and what for?`,
      );
    case 'value-out-of-bounds':
      return say(
        `"${cluster.attribute}" at ${step} is far from its usual values`,
        `Does "${cluster.attribute}" stand for something else in these cases?`,
      );
    case 'outside-hours':
      return say(
        `${step} is done at hours at which it hardly ever is`,
        `Is ${step} done then, or only recorded then?`,
      );
    case 'delay-from-start':
      return say(`${step} comes unusually ${direction === 'shorter' ? 'early' : 'late'} in the case`, ask);
    case 'time-between':
      return say(
        `From ${step} to ${other} takes unusually ${direction === 'shorter' ? 'little time' : 'long'}`,
        `What happens between ${step} and ${other} that the system does not record?`,
      );
    case 'step-duration':
      return say(`${step} is unusually ${direction === 'shorter' ? 'short' : 'long'}`, ask);
    case 'case-duration':
      return say(
        `The whole case is unusually ${direction === 'shorter' ? 'short' : 'long'}`,
        'What do these cases have in common?',
      );
    case 'logging-delay':
      return say(
        `${step} is recorded unusually ${direction === 'shorter' ? 'soon' : 'late'} after it is done`,
        `Where is ${step} written down before it is recorded?`,
      );
    case 'contrast':
      throw new RangeError('a contrast is no cluster of alerts');
  }
}

function contrastWords(
  contrast: Contrast,
  about: string,
  cases: number,
  names: PatternNames,
): Omit<WorkaroundWords, 'looksLike'> {
  const step = quoted(names.step.get(contrast.step));
  const group =
    contrast.kind === 'team'
      ? `Where ${contrast.value} does most of a case`
      : `In cases of "${names.groups.get(contrast.kind) ?? contrast.kind}: ${contrast.value}"`;
  const inside = formatValue(Math.min(1, cases / contrast.n1), 'share');
  const outside = formatValue(Math.min(1, contrast.x0 / contrast.n0), 'share');
  const counted = `${about}${countOf(cases, 'case')}`;
  const rates = `in ${inside} of cases (${counted}), against ${outside} elsewhere`;
  switch (contrast.feature) {
    case 'has':
      return {
        title: `${group}, ${step} is done ${rates}.`,
        question: `What is ${step} for there, that others do not need?`,
      };
    case 'lacks':
      return {
        title: `${group}, ${step} is left out ${rates}.`,
        question: `What happens instead of ${step} there?`,
      };
    case 'by': {
      const team = names.team.get(contrast.other ?? 0) ?? 'another team';
      return {
        title: `${group}, ${step} is done by ${team} ${rates}.`,
        question: `Why does ${team} do ${step} there, and does it have what it needs?`,
      };
    }
    case 'pair': {
      if (contrast.other === null)
        return {
          title: `${group}, ${step} comes at a point where it hardly ever does elsewhere, in ${inside} of cases (${counted}).`,
          question: `Why does ${step} come at another point there?`,
        };
      const other = quoted(names.step.get(contrast.other));
      return {
        title: `${group}, ${step} is followed by ${other} ${rates}.`,
        question: `What takes a case from ${step} straight to ${other} there?`,
      };
    }
  }
}

/** Says a possible workaround in plain English; `share` is of all cases with steps. Counts of a sample are "about". */
export function workaroundWords(
  found: PossibleWorkaround,
  share: number,
  names: PatternNames,
): WorkaroundWords {
  const about = found.seen === found.cases ? '' : 'about ';
  const words = found.contrast
    ? contrastWords(found.contrast, about, found.cases, names)
    : clusterWords(found.cluster as Cluster, about, share, names);
  return { ...words, looksLike: causes[found.pattern] };
}

/** A short text that stays the same from one extract to the next, so that what people say of a finding stays with it. */
export function workaroundKey(
  { pattern, cluster, contrast }: PossibleWorkaround,
  names: PatternNames,
): string {
  const step = names.step.get((cluster ?? contrast)?.step ?? 0);
  const other =
    contrast?.feature === 'by'
      ? names.team.get(contrast.other ?? 0)
      : names.step.get((cluster ?? contrast)?.other ?? 0);
  const run = pattern === 'recurrent-sequence' && cluster ? runOf(cluster, names) : cluster?.attribute;
  const parts = [
    pattern,
    contrast?.kind,
    contrast?.value,
    contrast?.feature,
    step,
    other,
    run,
    cluster?.direction,
  ];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' · ');
}
