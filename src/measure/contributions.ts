import { type Chart, formatValue, type Result, type Table } from '../core/index.ts';
import { chainContributionsTable } from './chain-contributions.ts';
import type { Change } from './change.ts';
import { whenCompared } from './comparison.ts';
import { bodyInputs, inputGrowth } from './input-states.ts';
import { productivityChange } from './productivity.ts';
import { indexCall } from './recompute.ts';
import { provenanceOf, type Study } from './study.ts';
import { excludesZero, figure, growthInWords, paymentsCaveat, standingCaveats } from './wording.ts';

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
      { key: 'contribution', title: 'Contribution', type: 'percentage-points' },
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

/** Whether chance alone could have made the whole change that is split here. */
function couldBeChance(study: Study, change: Change, hasInputs: boolean): boolean {
  const productivity = hasInputs ? productivityChange(study, change) : null;
  const interval = productivity
    ? (productivity.intervals.adjusted ?? productivity.intervals.unadjusted)
    : (change.intervals.adjusted ?? change.intervals.volume);
  return !excludesZero(interval);
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
  const what = hasInputs ? 'Productivity' : 'Output';
  const note = `on ${headline.comparison.earlierLabel}`;
  const shown = parts.filter((part) => part.contribution !== 0);
  const byChance = couldBeChance(study, headline, hasInputs);
  const chain = chainContributionsTable(study);
  return {
    id: 'contributions',
    question,
    answer: `${what} ${growthInWords(sum(null))} ${whenCompared(headline.comparison)}${byChance ? ', which chance alone could do' : ''}: ${split}.`,
    status: hasInputs && isMeasured && !byChance ? 'sound' : 'caution',
    figures: [
      figure('total', `Growth of ${hasInputs ? 'productivity' : 'output'}`, sum(null), 'growth', {
        period,
        note,
      }),
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
    charts: shown.length > 1 ? [chart(shown, `${what} ${growthInWords(sum(null))}: ${split}`)] : [],
    caveats: [
      ...standingCaveats(study),
      ...paymentsCaveat(study),
      ...(hasInputs
        ? []
        : ['Inputs cannot be told, so this splits the growth of output, not of productivity.']),
      ...(byChance
        ? ['The split is exact for these figures, but the whole change may be chance, and so may its parts.']
        : []),
      'Contributions of one comparison do not add to those of another: they depend on the path.',
    ],
    next: [],
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
