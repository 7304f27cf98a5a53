import { formatValue, listInWords, type Result } from '../core/index.ts';
import { whenCompared } from './comparison.ts';
import { conventionOf } from './convention.ts';
import { bodyInputs, inputFaults, inputGrowth, inputRemedies } from './input-states.ts';
import { movedOf } from './output.ts';
import {
  movedBy,
  type ProductivityChange,
  productivityCall,
  productivityChange,
  productivityVerdict,
  qualityUnmeasured,
} from './productivity-change.ts';
import { provenanceOf, type Study } from './study.ts';
import { besideInWords, movedInWords } from './verdict.ts';
import { shareOfDraws } from './weight-draws.ts';
import { weightingCaveats } from './weighting-words.ts';
import { figure, incompleteCaveat, sentence, standingCaveats } from './wording.ts';

/** Productivity of labour alone, with the names of the inputs that it leaves out. */
interface LabourProductivity {
  readonly main: ProductivityChange;
  readonly leftOut: readonly string[];
}

/** True where productivity is nothing by construction. */
function isAllConvention(study: Study): boolean {
  const convention = study.headline && conventionOf(study, study.headline);
  return convention !== null && convention.share > 1 - 1e-9;
}

function whatIsMissing(study: Study): readonly string[] {
  const missing: string[] = [];
  if (study.weighting.mode === 'alike') missing.push('not every output has a unit cost');
  const body = bodyInputs(study.data);
  if (!study.headline) {
    if (study.data.inputList.length === 0) missing.push('no inputs are recorded (no hours, pay or spending)');
    missing.push('there are not two whole periods of output to compare');
  } else {
    const growth = inputGrowth(study.data, body, study.headline.comparison);
    if (growth.missing) missing.push(growth.missing);
    if (isAllConvention(study))
      missing.push('all output is taken to be its inputs, so that none could be told');
  }
  return missing;
}

/** True where output is weighed by cost and is not all taken to be its inputs. */
export function canBeTold(study: Study): boolean {
  return study.weighting.mode !== 'alike' && !isAllConvention(study);
}

/** An input by name with its share of the cost of the earlier periods, where every input has its cost. */
function withShare(study: Study, input: number, starts: readonly string[]): string {
  const { inputs, inputList } = study.data;
  const body = new Set(bodyInputs(study.data));
  const own = inputs.filter((cell) => body.has(cell.input) && starts.includes(cell.period));
  const title = `"${inputList[input]?.title ?? ''}"`;
  if (own.some(({ cost }) => cost === null)) return `${title} (share of cost not known)`;
  const pounds = (cells: typeof own) => cells.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  const share = pounds(own.filter((cell) => cell.input === input)) / pounds(own);
  return Number.isFinite(share) ? `${title} (${formatValue(share, 'share')} of cost)` : title;
}

/**
 * Output over labour alone, where every input of direct labour has its volume: hours weighed by their cost. Null
 * where that cannot be told. Labour productivity leaves the other inputs out, and so moves when they take the place
 * of labour (OECD, Measuring Productivity, 2001, chapter 3).
 */
function labourProductivity(study: Study): LabourProductivity | null {
  const { headline, data } = study;
  if (!headline || !canBeTold(study)) return null;
  const { comparison } = headline;
  const body = bodyInputs(data);
  const isOf = (input: number, ...kinds: readonly string[]) =>
    kinds.includes(data.inputList[input]?.category ?? '') && data.inputList[input]?.volumeFrom === 'volume';
  const labour = body.filter(
    (input) =>
      isOf(input, 'labour', 'labour-indirect') && inputFaults(data, [input], comparison).length === 0,
  );
  const isWhole = body
    .filter((input) => data.inputList[input]?.category === 'labour')
    .every((input) => labour.includes(input));
  const main = isWhole && labour.length > 0 ? productivityChange(study, headline, labour) : null;
  if (!main) return null;
  const leftOut = body
    .filter((input) => !labour.includes(input))
    .map((input) => withShare(study, input, comparison.earlier));
  return { main, leftOut };
}

function labourFigures(
  { main }: LabourProductivity,
  { earlierLabel, laterLabel }: { readonly earlierLabel: string; readonly laterLabel: string },
) {
  const of = (kind: 'adjusted' | 'unadjusted') => ({
    interval: main.intervals[kind],
    period: laterLabel,
    note: `on ${earlierLabel}; output over labour alone`,
  });
  return [
    ...(main.adjusted === null
      ? []
      : [
          figure(
            'labour-productivity-growth',
            'Growth of labour productivity allowing for quality',
            main.adjusted,
            'growth',
            of('adjusted'),
          ),
        ]),
    figure(
      'labour-productivity-growth-unadjusted',
      'Growth of labour productivity without quality',
      main.unadjusted,
      'growth',
      of('unadjusted'),
    ),
  ];
}

/** Productivity of labour alone: its words and status, and what it leaves out. */
function labourInWords(study: Study, { main, leftOut }: LabourProductivity, missing: readonly string[]) {
  const agreement = shareOfDraws(main.change, main.input, study.seed).share;
  const { words, status, next } = productivityVerdict(main, agreement, 'labour productivity');
  const beside =
    main.adjusted === null
      ? qualityUnmeasured
      : `without quality ${besideInWords(movedBy(main, 'unadjusted'))}`;
  return {
    answer: `${sentence(words)}; ${beside}. That is output over labour alone, without ${listInWords(leftOut)}; productivity of all inputs cannot be told: ${listInWords(missing)}.`,
    status: status === 'sound' ? ('caution' as const) : status,
    next,
  };
}

/** Growth of productivity where it cannot be told, with labour productivity where hours are there. */
export function labourOnly(study: Study, question: string): Result {
  const missing = whatIsMissing(study);
  const { headline } = study;
  const labour = labourProductivity(study);
  const told = labour && labourInWords(study, labour, missing);
  const withQuality =
    headline && headline.link.coverage > 0
      ? `; allowing for quality ${besideInWords(movedOf(headline, 'adjusted'))}`
      : '';
  const known = headline
    ? ` What is known: ${movedInWords('volume', whenCompared(headline.comparison), movedOf(headline, 'volume'))}${withQuality}.`
    : '';
  return {
    id: 'productivity',
    question,
    answer:
      told?.answer ?? `Cannot tell: productivity is output over inputs, and ${listInWords(missing)}.${known}`,
    status: told?.status ?? 'cannot-tell',
    figures: [
      figure('productivity-growth', 'Growth of productivity allowing for quality', null, 'growth', {
        period: headline?.comparison.laterLabel ?? null,
        note: `missing: ${listInWords(missing)}`,
      }),
      figure('productivity-growth-unadjusted', 'Growth of productivity without quality', null, 'growth', {
        period: headline?.comparison.laterLabel ?? null,
      }),
      ...(labour && headline ? labourFigures(labour, headline.comparison) : []),
    ],
    tables: [],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...(labour
        ? [
            'Labour productivity also moves where other inputs take the place of labour: it is not productivity of all inputs.',
          ]
        : []),
      ...weightingCaveats(study),
      ...incompleteCaveat(study),
    ],
    next: [
      ...inputRemedies(study.data, headline?.comparison ?? null),
      ...(told
        ? told.next
        : ['Until then read volume and quality side by side under output and effectiveness.']),
    ],
    provenance: provenanceOf(
      study,
      labour
        ? 'Labour productivity as the ratio of chained Laspeyres output (with quality) to labour alone (OECD, Measuring Productivity, 2001)'
        : 'none: what is needed is missing',
      labour
        ? {
            resampled: true,
            recompute: [
              ...(labour.main.adjusted === null ? [] : [productivityCall(labour.main, 'adjusted')]),
              productivityCall(labour.main, 'unadjusted'),
            ],
          }
        : {},
    ),
  };
}
