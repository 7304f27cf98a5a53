import { formatInterval, formatValue, listInWords, type Result, type Table } from '../core/index.ts';
import { whenCompared } from './comparison.ts';
import { inputErrorCalls, inputErrors } from './input-errors.ts';
import { inputMoved } from './input-moved.ts';
import { bodyInputs, citizenTime, inputGrowth, inputRemedies, inputStates } from './input-states.ts';
import { linkedCalls, linkedCaveats, linkedTable } from './linked-series/linked-words.ts';
import { provenanceOf, type Study } from './study.ts';
import { type Moved, movedInWords, statusOfMoved } from './verdict.ts';
import { figure, sentence, standingCaveats } from './wording.ts';

const question = 'What did the service use?';

const methodOfInputs =
  'Laspeyres volume of inputs at the earlier shares of cost; paired blocks of weeks (Student t), jointly with the errors declared';

const categories: Readonly<Record<string, string>> = {
  labour: 'Labour',
  'labour-indirect': 'Indirect labour',
  'goods-services': 'Goods and services',
  capital: 'Capital',
  [citizenTime]: 'Time of the people served',
};

function volumesTable(study: Study): Table {
  const titles = study.data.inputList;
  return {
    id: 'inputs',
    title: 'What was used, by period and input',
    columns: [
      { key: 'start', title: 'First day', type: 'date', forMachines: true },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'input', title: 'Input', type: 'text' },
      { key: 'category', title: 'Kind', type: 'text' },
      { key: 'volume', title: 'Volume', type: 'number' },
      { key: 'cost', title: 'Cost', type: 'pounds' },
    ],
    rows: study.data.periods.flatMap((period) =>
      titles.flatMap((input, i) => {
        const own = study.data.inputs.filter((cell) => cell.input === i && cell.period === period.start);
        if (own.length === 0) return [];
        const reported = own.map((cell) => cell.reported ?? cell);
        const add = (of: (cell: (typeof reported)[number]) => number | null) =>
          reported.every((cell) => of(cell) !== null)
            ? reported.reduce((sum, cell) => sum + (of(cell) ?? 0), 0)
            : null;
        return [
          {
            start: period.start,
            period: period.label,
            input: input.title,
            category: categories[input.category] ?? input.category,
            volume: add((cell) => cell.volume),
            cost: add((cell) => cell.cost),
          },
        ];
      }),
    ),
  };
}

function growthTable(study: Study): Table | null {
  if (!study.headline) return null;
  const { comparison } = study.headline;
  const body = bodyInputs(study.data);
  const growth = inputGrowth(study.data, body, comparison);
  if (!growth.link) return null;
  const { link } = growth;
  return {
    id: 'input-growth',
    title: `Growth of inputs ${whenCompared(comparison)}`,
    columns: [
      { key: 'input', title: 'Input', type: 'text' },
      { key: 'category', title: 'Kind', type: 'text' },
      { key: 'share', title: 'Share of earlier cost', type: 'share' },
      { key: 'growth', title: 'Growth of volume', type: 'growth' },
      {
        key: 'contribution',
        title: 'Added to input growth',
        type: 'percentage-points',
        derivedFrom: ['share', 'growth'],
      },
    ],
    rows: link.items.map((item) => {
      const input = study.data.inputList[body[item.item] ?? 0];
      return {
        input: input?.title ?? '',
        category: categories[input?.category ?? ''] ?? input?.category ?? '',
        share: item.weight,
        growth: item.volumeRatio - 1,
        contribution: item.volume,
      };
    }),
    notes: ['Contributions add to the growth of all inputs, before rounding.'],
  };
}

/** The range of a change that is told; words that are not say it themselves. */
function rangeInWords({ told, interval }: Moved): string {
  return told === 'told' && interval ? ` (95% interval ${formatInterval(interval, 'growth')})` : '';
}

/** What the service used: volumes by input, weighted by the earlier shares of cost. */
export function inputsResult(study: Study): Result {
  const { headline, data } = study;
  const body = bodyInputs(data);
  const growth = headline ? inputGrowth(data, body, headline.comparison) : null;
  const link = growth?.link ?? null;
  const errors = growth ? inputErrors(study, growth) : null;
  const moved = headline
    ? inputMoved(study, headline.comparison, headline.blocks.volume.earlier.length, headline.basis)
    : null;
  const table = growthTable(study);
  const linked = linkedTable(study, 'input');
  const answer =
    headline && link && moved
      ? `${sentence(movedInWords('the volume of inputs', whenCompared(headline.comparison), moved))}${rangeInWords(moved)}.`
      : data.inputList.length === 0
        ? 'Cannot tell: no inputs are recorded (no hours, pay or spending).'
        : growth?.missing
          ? `Cannot tell: ${growth.missing}.`
          : 'Cannot tell: there are not two whole periods to compare.';
  const deflated = data.inputList
    .filter((input) => input.volumeFrom === 'deflated cost')
    .map((input) => input.title);
  const base = headline ? inputStates(data, body, headline.comparison.earlier) : [];
  const current = headline ? inputStates(data, body, headline.comparison.later) : [];
  const names = body.map((input) => data.inputList[input]?.title ?? `input ${input + 1}`);
  return {
    id: 'inputs',
    question,
    answer,
    status: moved ? statusOfMoved([moved]) : 'cannot-tell',
    figures: [
      figure('input-growth', 'Growth of input volume', link?.volume ?? null, 'growth', {
        interval: moved?.interval ?? null,
        period: headline?.comparison.laterLabel ?? null,
        note: link ? `on ${headline?.comparison.earlierLabel}` : 'cannot tell',
      }),
    ],
    tables: [
      ...(table ? [table] : []),
      ...(data.inputs.length > 0 ? [volumesTable(study)] : []),
      ...(linked ? [linked] : []),
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['input']),
      ...(moved?.interval
        ? [
            'Inputs are counted in full. The range says how far their growth is from the usual ups and downs of months or weeks: hours that swing could stand so by chance.',
          ]
        : []),
      ...(errors
        ? [
            `Errors are declared of ${errors.words}${errors.exact.length > 0 ? `; not of ${listInWords(errors.exact)}, which counts as exact` : ''}.`,
          ]
        : []),
      ...(deflated.length > 0
        ? [
            `Volumes of ${deflated.join(', ')} are cost divided by a deflator, and are as good as the deflator.`,
          ]
        : []),
      ...(link && !data.inputList.some((input) => input.category === 'capital')
        ? ['Capital (buildings, software, equipment) is not among the inputs.']
        : []),
      ...(data.inputList.some((input) => input.category === citizenTime)
        ? ['Time of the people served is shown and kept apart from the inputs of the service.']
        : []),
    ],
    next: link
      ? (moved ? statusOfMoved([moved]) : 'cannot-tell') === 'cannot-tell'
        ? ['The change is small beside the usual ups and downs, or the weeks are few: collect more.']
        : []
      : inputRemedies(data, headline?.comparison ?? null),
    provenance: provenanceOf(study, methodOfInputs, {
      recompute: [
        ...linkedCalls(study, 'input'),
        ...(link && headline
          ? [
              {
                method: 'index',
                input: {
                  formula: 'laspeyres',
                  link: 'pop',
                  of: 'quantity',
                  observations: link.items.flatMap(({ item }) => [
                    {
                      item: names[item],
                      period: headline.comparison.earlierLabel,
                      price: base[item]?.cost ?? null,
                      quantity: base[item]?.quantity ?? null,
                    },
                    {
                      item: names[item],
                      period: headline.comparison.laterLabel,
                      price: current[item]?.cost ?? null,
                      quantity: current[item]?.quantity ?? null,
                    },
                  ]),
                },
              },
              ...inputErrorCalls(study),
            ]
          : []),
      ],
      parameters: {
        inputs: formatValue(body.length, 'count'),
        ...(errors ? { declaredInputErrors: errors.words } : {}),
      },
    }),
  };
}
