import {
  countOf,
  dateLabel,
  durationInWords,
  formatValue,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
  type Table,
} from '../../../core/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { Detection } from '../detect.ts';
import type { Detector } from '../detector.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { completeness } from './completeness.ts';
import { emptyWorkingDays, eventsByDay, spans } from './coverage.ts';
import { type FieldMeasure, isCaution } from './measure.ts';
import { changesOfShare, months } from './months.ts';
import { order } from './order.ts';
import { precision } from './precision.ts';
import { loggingLag } from './timeliness.ts';
import { validity } from './validity.ts';

/** The table whose rows a fault is counted in. */
function tableOf(detector: Detector): 'events' | 'contacts' | 'cases' {
  const counts = detector.kind === 'rows' ? detector.counts : 'cases';
  return counts === 'rows' ? 'events' : counts === 'contacts' ? 'contacts' : 'cases';
}

function uniqueness(detections: readonly Detection[]): readonly FieldMeasure[] {
  const ids = [
    'duplicates',
    'duplicate-contacts',
    'double-keying',
    'merged-identities',
    'placeholder-persons',
  ];
  return detections
    .filter(({ detector, outcome }) => ids.includes(detector.id) && outcome !== 'not-checked')
    .map(({ detector, hits, cases, of }) => ({
      dimension: 'Unique',
      table: tableOf(detector),
      field: 'all',
      counted: detector.title,
      count: tableOf(detector) === 'cases' ? cases : hits,
      of,
      touches: detector.distorts,
      cautionFrom: 0.01,
    }));
}

/** Count and share, unless they would speak of a handful of cases. */
function shown({ table, count, of }: FieldMeasure) {
  if (table === 'cases' && count > 0 && count < leastCases) return { share: null, count: null };
  return { share: of > 0 ? count / of : null, count };
}

function measureTable(measures: readonly FieldMeasure[]): Table {
  return {
    id: 'measures',
    title: 'How complete, valid, unique and ordered the fields are',
    columns: [
      column('dimension', 'Is it'),
      column('table', 'Table or file'),
      column('field', 'Field'),
      column('counted', 'What is counted'),
      column('share', 'Share', 'share'),
      column('count', 'Rows', 'count'),
      column('of', 'Of', 'count'),
      column('caution', 'Caution'),
      column('touches', 'What rests on it'),
    ],
    rows: measures.map((measure) => ({
      ...shown(measure),
      dimension: measure.dimension,
      table: measure.table,
      field: measure.field,
      counted: measure.counted,
      of: measure.of,
      caution: isCaution(measure) ? 'yes' : null,
      touches: measure.touches,
    })),
    notes: [`Of cases, counts from 1 to ${leastCases - 1} are not shown.`],
  };
}

function answerFor(measures: readonly FieldMeasure[], cautions: readonly FieldMeasure[]): string {
  if (measures.length === 0) return 'Cannot tell: no data have been brought in yet.';
  if (cautions.length === 0)
    return 'The fields are filled, readable and in order well enough for what rests on them.';
  const named = cautions
    .toSorted((a, b) => b.count / b.of - a.count / a.of)
    .slice(0, 2)
    .map(
      ({ count, of, table, counted }) =>
        `${formatValue(count / of, 'share')} of ${table === 'events' || table === 'cases' ? table : `rows of ${table}`}: ${counted.replace(/\.$/, '')}`,
    );
  return `${countOf(cautions.length, 'property of the fields asks', 'properties of the fields ask')} for caution: ${listInWords(named)}.`;
}

/** How complete, valid, unique, ordered, precise, timely and steady the fields are, source by source. */
export async function fieldQualityResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
  detections: readonly Detection[],
  queries: QueryRecord[],
): Promise<Result> {
  const measures = [
    ...(await completeness(data, shape, queries)),
    ...validity(workspace.manifest),
    ...uniqueness(detections),
    ...(await order(data, shape, queries)),
  ];
  const timed = shape.filled.at > 0;
  const days = timed ? await eventsByDay(data, queries) : [];
  const empty = emptyWorkingDays(days, data.charter?.calendar ?? 'england-and-wales');
  const lag = await loggingLag(data, shape, queries);
  const tables = timed
    ? [
        await precision(data, queries),
        await spans(data, shape, queries),
        await months(data, shape, queries),
        await changesOfShare(data, shape, queries),
      ]
    : [];
  const cautions = measures.filter(isCaution);
  const last = shape.last?.slice(0, 10) ?? null;
  return makeResult(workspace, {
    id: 'data-quality',
    question: 'How complete, correct and steady are the data, field by field?',
    answer: answerFor(measures, cautions),
    status: measures.length === 0 ? 'cannot-tell' : cautions.length > 0 ? 'caution' : 'sound',
    figures: [
      figure('cautions', 'Properties that ask for caution', cautions.length, 'count'),
      ...(timed
        ? [figure('empty-working-days', 'Working days with no event at all', empty.length, 'count')]
        : []),
      ...(lag
        ? [
            figure(
              'lag-median',
              'Median hours from a step to its being logged',
              (lag.medianSeconds ?? 0) / 3600,
              'hours',
            ),
            figure(
              'lag-p90',
              'One in ten is logged later than, hours',
              (lag.p90Seconds ?? 0) / 3600,
              'hours',
            ),
            figure('logged-early', 'Logged before they finished', lag.negativeShare, 'share'),
          ]
        : []),
    ],
    tables: [measureTable(measures), ...tables.filter(({ rows }) => rows.length > 0)],
    caveats: [
      ...(last ? [`The last event is of ${dateLabel(last)}: anything later is not in the data.`] : []),
      ...(empty.length > 0
        ? [
            `Nothing was recorded on ${countOf(empty.length, 'working day')}, first on ${dateLabel(empty[0] ?? '')}.`,
          ]
        : []),
      ...(lag?.p90Seconds && lag.p90Seconds > 86_400
        ? [
            `One row in ten is logged more than ${durationInWords(lag.p90Seconds)} late: the last days will still fill up.`,
          ]
        : []),
    ],
    next: cautions.length > 0 ? ['Ask the owner of each source about the lines marked as a caution.'] : [],
    method:
      'Shares of rows with a property; each line shows what is counted, of how many, and what rests on it.',
    queries,
  });
}
