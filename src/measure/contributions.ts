import { type Chart, formatValue, type Interval, type Result, type Table } from '../core/index.ts';
import { chainContributionsTable } from './chain-contributions.ts';
import type { Change } from './change.ts';
import { weeksCompared, whenCompared } from './comparison.ts';
import { heedLikeness } from './equivalence/equivalence-tables.ts';
import { bodyInputs, inputGrowth, inputRemedies } from './input-states.ts';
import { linkedCaveats } from './linked-series/linked-words.ts';
import { movedOf } from './output.ts';
import { productivityChange, productivityVerdict, qualityUnmeasured } from './productivity-change.ts';
import { indexCall } from './recompute.ts';
import { provenanceOf, type Study } from './study.ts';
import { movedInTitle, movedInWords, statusOfMoved, toldOf } from './verdict.ts';
import { shareOfDraws } from './weight-draws.ts';
import { excludesZero, figure, paymentsCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'What did growth come from: more output, better output, or fewer inputs?';

interface Part {
  readonly kind: 'volume' | 'quality' | 'inputs';
  readonly name: string;
  readonly contribution: number;
}

/** Parts of a change that add exactly to the growth of productivity, or of output where inputs are unknown. */
function partsOf(
  study: Study,
  change: Change,
): { readonly parts: readonly Part[]; readonly hasInputs: boolean } {
  const body = bodyInputs(study.data);
  const inputs =
    study.weighting.mode === 'alike' ? null : inputGrowth(study.data, body, change.comparison).link;
  const per = 1 + (inputs?.volume ?? 0);
  const isMeasured = change.link.coverage > 0;
  const parts: Part[] = change.link.items.flatMap((item): readonly Part[] => {
    const name = study.weighting.items[item.item]?.title ?? '';
    const volume: Part = { kind: 'volume', name, contribution: item.volume / per };
    return isMeasured ? [volume, { kind: 'quality', name, contribution: item.quality / per }] : [volume];
  });
  const used = (inputs?.items ?? []).map(
    (item): Part => ({
      kind: 'inputs',
      name: study.data.inputList[body[item.item] ?? 0]?.title ?? '',
      contribution: -item.volume / per,
    }),
  );
  return { parts: [...parts, ...used], hasInputs: inputs !== null };
}

const kinds = { volume: 'Volume', quality: 'Quality', inputs: 'Inputs' } as const;

function table(parts: readonly Part[], total: string): Table {
  return {
    id: 'contributions',
    title: `What added to or took from ${total}`,
    columns: [
      { key: 'kind', title: 'Part', type: 'text' },
      { key: 'name', title: 'Output or input', type: 'text' },
      // Its counts are those of the whole.
      { key: 'contribution', title: 'Contribution', type: 'percentage-points', changeOf: [] },
    ],
    rows: parts.map((part) => ({ kind: kinds[part.kind], name: part.name, contribution: part.contribution })),
    notes: [
      `The parts add exactly to ${total}, before rounding; quality takes the interaction with volume.`,
      'An input that grew takes from productivity, so its sign is turned.',
    ],
  };
}

function chart(parts: readonly Part[], title: string): Chart {
  const bars = parts
    .filter((part) => part.contribution !== 0)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, 12)
    .map((part) => ({
      label: `${kinds[part.kind]}: ${part.name}`,
      parts: [{ name: kinds[part.kind], value: part.contribution }],
    }));
  return {
    kind: 'bar',
    id: 'contributions',
    title,
    description:
      'Percentage points that each output, its quality, and each input added or took, largest first.',
    table: 'contributions',
    xTitle: 'Contribution, percentage points',
    xUnit: 'percentage-points',
    bars,
  };
}

interface Whole {
  /** The whole change in words, as the Result that it is the answer of says it. */
  readonly words: string;
  readonly status: Result['status'];
  readonly interval: Interval | null;
  readonly title: string;
  readonly next: readonly string[];
}

/** The whole change that is split here: productivity, as its own Result has it, or output where inputs are unknown. */
function wholeOf(study: Study, change: Change): Whole {
  const weeks = weeksCompared(change.comparison);
  const titled = (what: string, growth: number, interval: Interval | null) =>
    `${what}${change.link.coverage > 0 ? '' : ' without quality'} ${movedInTitle({ growth, interval, told: toldOf(interval, weeks) })}`;
  const main = study.weighting.mode === 'alike' ? null : productivityChange(study, change);
  if (main) {
    const interval = main.intervals.adjusted ?? main.intervals.unadjusted;
    const { words, status, next } = productivityVerdict(
      main,
      shareOfDraws(change, main.input, study.seed).share,
    );
    const unmeasured = main.adjusted === null ? `; ${qualityUnmeasured}` : '';
    const title = titled('Productivity', main.adjusted ?? main.unadjusted, interval);
    return { words: `${words}${unmeasured}`, status, interval, title, next };
  }
  const moved = movedOf(change, change.link.coverage > 0 ? 'adjusted' : 'volume');
  const status = statusOfMoved([moved]);
  const unmeasured = change.link.coverage > 0 ? '' : '; its quality is not measured';
  return {
    words: `${movedInWords('output', whenCompared(change.comparison), moved)}${unmeasured}`,
    status: status === 'sound' ? 'caution' : status,
    interval: moved.interval,
    title: titled('Output', moved.growth, moved.interval),
    next: [],
  };
}

/** Exact contributions of volume, quality and inputs, output by output and input by input. */
export function contributionsResult(study: Study): Result {
  const { headline } = study;
  if (!headline) {
    return {
      id: 'contributions',
      question,
      answer: 'Cannot tell: fewer than two whole periods hold any output.',
      status: 'cannot-tell',
      figures: [],
      tables: [],
      charts: [],
      caveats: standingCaveats(study),
      next: ['Add data until two whole periods are covered.'],
      provenance: provenanceOf(study, 'none: there is nothing to compare'),
    };
  }
  const { parts, hasInputs } = partsOf(study, headline);
  const total = hasInputs ? 'growth of productivity' : 'growth of output';
  const sum = (kind: Part['kind'] | null) =>
    parts.reduce((all, part) => all + (kind === null || part.kind === kind ? part.contribution : 0), 0);
  const points = (value: number) => formatValue(value, 'percentage-points');
  const isMeasured = headline.link.coverage > 0;
  const split = [
    `volume ${points(sum('volume'))}`,
    ...(isMeasured ? [`quality ${points(sum('quality'))}`] : []),
    ...(hasInputs ? [`inputs ${points(sum('inputs'))}`] : []),
  ].join(', ');
  const period = headline.comparison.laterLabel;
  const note = `on ${headline.comparison.earlierLabel}`;
  const shown = parts.filter((part) => part.contribution !== 0);
  const whole = wholeOf(study, headline);
  const byChance = !excludesZero(whole.interval);
  const chain = chainContributionsTable(study);
  return {
    id: 'contributions',
    question,
    answer: `${sentence(whole.words)}. Its parts: ${split}.`,
    status: heedLikeness(study, whole.status),
    figures: [
      figure(
        'total',
        `Growth of ${hasInputs ? 'productivity' : 'output'}${isMeasured ? '' : ' without quality'}`,
        sum(null),
        'growth',
        { interval: whole.interval, period, note },
      ),
      figure('volume', 'Added by volume', sum('volume'), 'percentage-points', { period, note }),
      figure('quality', 'Added by quality', isMeasured ? sum('quality') : null, 'percentage-points', {
        period,
        note,
      }),
      figure('inputs', 'Added by inputs', hasInputs ? sum('inputs') : null, 'percentage-points', {
        period,
        note,
      }),
    ],
    tables: [table(parts, total), ...(chain ? [chain] : [])],
    charts: shown.length > 1 ? [chart(shown, `${whole.title}: ${split}`)] : [],
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['output', 'input', 'quality']),
      ...paymentsCaveat(study),
      ...(hasInputs
        ? []
        : ['Inputs cannot be told, so this splits the growth of output, not of productivity.']),
      ...(byChance
        ? ['The split is exact for these figures, but the whole change may be chance, and so may its parts.']
        : []),
      'Contributions of one comparison do not add to those of another: they depend on the path.',
    ],
    next: [...(hasInputs ? [] : inputRemedies(study.data, headline.comparison)), ...whole.next],
    provenance: provenanceOf(
      study,
      'Exact additive contributions: w·(r − 1) for volume, w·r·(κ ratio − 1) for quality, −w·g for inputs, each over 1 + growth of inputs',
      {
        recompute: [
          ...(hasInputs
            ? [
                {
                  method: 'growth',
                  input: {
                    volume: headline.link.volume,
                    quality: isMeasured ? headline.link.quality : 0,
                    input:
                      inputGrowth(study.data, bodyInputs(study.data), headline.comparison).link?.volume ?? 0,
                  },
                },
              ]
            : []),
          {
            method: 'contributions',
            input: {
              method: 'laspeyres',
              of: 'quantity',
              observations: (
                indexCall(
                  headline,
                  study.weighting.items.map((item) => item.title),
                  false,
                ).input as {
                  observations: unknown;
                }
              ).observations,
            },
          },
        ],
      },
    ),
  };
}
