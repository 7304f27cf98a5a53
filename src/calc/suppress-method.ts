import { z } from 'zod';
import { ownDisclosureProfile } from '../define/index.ts';
import {
  type CountGrid,
  type DisclosureProfile,
  disclosureProfiles,
  gridCell,
  gridSystem,
  type ProtectedCounts,
  suppressCounts,
} from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const count = z.number().int().nonnegative();

const tableSchema = z
  .strictObject({
    rows: z.array(z.string()).min(1).describe('What each row is, such as offices.'),
    cols: z.array(z.string()).min(1).describe('What each column is, such as decisions.'),
    counts: z.array(z.array(count)).min(1).describe('Counts by row, then column, without totals.'),
  })
  .superRefine(({ rows, cols, counts }, context) => {
    if (counts.length !== rows.length)
      context.addIssue({
        code: 'custom',
        path: ['counts'],
        message: `there are ${rows.length} rows and counts for ${counts.length}`,
      });
    counts.forEach((row, r) => {
      if (row.length !== cols.length)
        context.addIssue({
          code: 'custom',
          path: ['counts', r],
          message: `there are ${cols.length} columns and counts for ${row.length}`,
        });
    });
  });

const cell = z.union([count, z.string()]);
const place = { row: z.string(), col: z.string() };

const inputSchema = z.strictObject({
  table: tableSchema.describe('A table of counts of people or cases. Its totals are published with it.'),
  threshold: z.int().positive().optional().describe("Takes the place of the profile's threshold and width."),
  profile: z
    .union([z.enum(['10-5', '5-star']), ownDisclosureProfile])
    .default('10-5')
    .describe('"10-5": under 10 suppressed, others to the nearest 5; "5-star": under 5; or one of your own.'),
});

const outputSchema = z.strictObject({
  table: z.strictObject({
    rows: z.array(z.string()),
    cols: z.array(z.string()),
    counts: z.array(z.array(cell)),
    rowTotals: z.array(cell),
    colTotals: z.array(cell),
    total: cell,
  }),
  suppressed: z.array(z.strictObject({ ...place, reason: z.enum(['primary', 'secondary', 'withheld']) })),
  audit: z.strictObject({
    passes: z.boolean(),
    width: z.number(),
    ranges: z.array(
      z.strictObject({
        ...place,
        low: z.number(),
        high: z.number().nullable(),
        width: z.number().nullable(),
      }),
    ),
  }),
});

function profileOf({ profile, threshold }: z.infer<typeof inputSchema>): DisclosureProfile {
  const named: DisclosureProfile =
    typeof profile === 'string'
      ? disclosureProfiles[profile]
      : { ...profile, width: profile.width ?? profile.threshold };
  return threshold === undefined ? named : { ...named, threshold, width: threshold };
}

function output(
  { rows, cols, counts }: { rows: readonly string[]; cols: readonly string[]; counts: CountGrid },
  { symbol, width }: DisclosureProfile,
  { published, suppressed }: ProtectedCounts,
): z.infer<typeof outputSchema> {
  const shown = (r: number | 'total', c: number | 'total') => published.get(gridCell(r, c)) ?? symbol;
  const nameOf = (names: readonly string[], index = '') =>
    index === 'total' ? 'total' : (names[Number(index)] ?? index);
  const placed = suppressed.map((found) => {
    const [r, c] = found.id.split(' ');
    return { ...found, row: nameOf(rows, r), col: nameOf(cols, c) };
  });
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    table: {
      rows: [...rows],
      cols: [...cols],
      counts: counts.map((row, r) => row.map((_, c) => shown(r, c))),
      rowTotals: rows.map((_, r) => shown(r, 'total')),
      colTotals: cols.map((_, c) => shown('total', c)),
      total: shown('total', 'total'),
    },
    suppressed: placed.map(({ row, col, reason }) => ({ row, col, reason })),
    audit: {
      passes: placed.every(({ isWideEnough }) => isWideEnough),
      width,
      ranges: placed.flatMap(({ row, col, range }) =>
        range === null
          ? []
          : [{ row, col, low: range.low, high: finite(range.high), width: finite(range.high - range.low) }],
      ),
    },
  };
}

/** `calc suppress`: a table of counts as it may be published, with the audit of what is suppressed. */
export const suppressMethod = calcMethod({
  name: 'suppress',
  title: 'A table of counts, protected for publication',
  summary:
    'Small counts are suppressed, zeros with them; then further cells, until linear programmes show that nobody can place a suppressed count, from the other cells and the totals, within a range narrower than the threshold. The others are rounded, each from its true value, so tables need not add. A range without an upper bound has null.',
  source:
    'ONS rule of 10 and 5; Fischetti, M. and Salazar, J. J. (2001), Solving the cell suppression problem on tabular data with linear constraints, for the audit. Which further cells are chosen is a rule of thumb.',
  inputSchema,
  outputSchema,
  run: async (input) => {
    const profile = profileOf(input);
    return output(input.table, profile, await suppressCounts(gridSystem(input.table.counts), profile));
  },
  example: {
    input: {
      table: {
        rows: ['North', 'South'],
        cols: ['granted', 'refused'],
        counts: [
          [120, 4],
          [98, 37],
        ],
      },
      profile: '10-5',
    },
    output: {
      table: {
        rows: ['North', 'South'],
        cols: ['granted', 'refused'],
        counts: [
          ['[c]', '[c]'],
          ['[c]', '[c]'],
        ],
        rowTotals: [125, 135],
        colTotals: [220, 40],
        total: 260,
      },
      suppressed: [
        { row: 'North', col: 'refused', reason: 'primary' },
        { row: 'North', col: 'granted', reason: 'secondary' },
        { row: 'South', col: 'granted', reason: 'secondary' },
        { row: 'South', col: 'refused', reason: 'secondary' },
      ],
      audit: {
        passes: true,
        width: 10,
        ranges: [
          { row: 'North', col: 'refused', low: 0, high: 42, width: 42 },
          { row: 'North', col: 'granted', low: 81, high: 127, width: 46 },
          { row: 'South', col: 'granted', low: 91, high: 137, width: 46 },
          { row: 'South', col: 'refused', low: 0, high: 42, width: 42 },
        ],
      },
    },
  },
});
