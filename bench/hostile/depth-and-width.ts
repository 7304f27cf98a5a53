import {
  book,
  csvHeader,
  csvRow,
  joined,
  jsonRow,
  type LargeCase,
  ocelJson,
  parquet,
  parts,
  repeat,
  sheet,
  sheetRow,
  xes,
  xesEvent,
  xesFields,
  xesTrace,
} from './write.ts';

const depth = 200_000;

/** Rows of text columns beside those of an event: nearly each a text of its own, or one of some. */
const wideText = (columns: number, different: number | null) => (i: number) =>
  Array.from({ length: columns - 3 }, (_, c) =>
    different === null
      ? `text ${i} of ${c}`
      : `value ${(Math.imul(i * 1_009 + c, 2_654_435_761) >>> 8) % different}`,
  );
const wideNames = (columns: number) => Array.from({ length: columns - 3 }, (_, c) => `note ${c}`);
const wideCsv = (rows: number, columns: number, different: number | null) => {
  const texts = wideText(columns, different);
  return parts(() =>
    repeat(
      rows + 1,
      (i) => `${i === 0 ? `${csvHeader},${wideNames(columns)}` : `${csvRow(i)},${texts(i)}`}\n`,
    ),
  );
};
const wideJson = (rows: number, columns: number) => {
  const names = wideNames(columns);
  const texts = wideText(columns, null);
  return parts(() =>
    repeat(rows, (i) => {
      const cells = texts(i);
      return `${jsonRow(i, names.map((name, c) => `,"${name}":"${cells[c]}"`).join(''))}\n`;
    }),
  );
};
const wideParquet = (rows: number, columns: number) => {
  const texts = wideNames(columns).map((name, c) => `'text ' || range || ' of ${c}' as "${name}"`);
  return parquet(
    `select 'c' || range % 2000 as "case", 'step ' || range % 12 as step, timestamp '2024-03-02' + to_minutes(range) as finished, ${texts} from range(${rows})`,
  );
};
const onlyNamed = ['--map', 'case_id=case,step=step,finished=finished', '--drop', '*'];

/** Tables of many columns of text. */
const wideTexts: readonly LargeCase[] = [
  ...[
    [900, 6_000],
    [1_000, 10_000],
  ].flatMap(([columns = 0, rows = 0]): LargeCase[] => {
    const what = `of ${columns} text columns and ${rows.toLocaleString('en-GB')} rows`;
    return [
      {
        name: `CSV ${what}, a text of its own in each cell`,
        file: 'wide.csv',
        gives: rows,
        make: wideCsv(rows, columns, null),
      },
      {
        name: `CSV ${what}, of 200 texts each`,
        file: 'wide-some.csv',
        gives: rows,
        make: wideCsv(rows, columns, 200),
      },
      {
        name: `NDJSON ${what}, a text of its own in each cell`,
        file: 'wide.ndjson',
        gives: rows,
        make: wideJson(rows, columns),
      },
      {
        name: `Parquet ${what}, a text of its own in each cell`,
        file: 'wide.parquet',
        gives: 'INPUT_TOO_LARGE',
        make: wideParquet(rows, columns),
      },
      {
        name: `Parquet ${what}, of which three are kept`,
        file: 'wide-kept.parquet',
        gives: rows,
        make: wideParquet(rows, columns),
        options: onlyNamed,
      },
    ];
  }),
];

const deep: readonly LargeCase[] = [
  {
    name: 'JSON nested 200,000 deep',
    file: 'deep.json',
    gives: 'JSON_TOO_DEEP',
    make: parts(() => ['['.repeat(depth), ']'.repeat(depth)]),
  },
  {
    name: 'NDJSON with a line nested 200,000 deep',
    file: 'deep.ndjson',
    gives: 'JSON_TOO_DEEP',
    make: parts(() => [`${jsonRow(1)}\n{"a":${'['.repeat(depth)}${']'.repeat(depth)}}\n`]),
  },
  {
    name: 'OCEL with an object nested 200,000 deep',
    file: 'deep.jsonocel',
    gives: 'JSON_TOO_DEEP',
    make: ocelJson(
      () => ['{"a":'.repeat(depth), '1', '}'.repeat(depth)],
      () => [],
    ),
  },
  {
    name: 'XES nested 200,000 deep',
    file: 'deep.xes',
    gives: 'XML_TOO_DEEP',
    make: xesEvent(() => ['<string key="a" value="1">'.repeat(depth), '</string>'.repeat(depth)]),
  },
  {
    name: 'sheet nested 200,000 deep',
    file: 'deep.xlsx',
    gives: 'XML_TOO_DEEP',
    make: book(() => sheet(`<row r="2"><c r="A2">${'<is>'.repeat(depth)}${'</is>'.repeat(depth)}</c></row>`)),
  },
  {
    name: 'Parquet of structures nested 200 deep',
    file: 'deep.parquet',
    gives: 1,
    make: parquet(
      `select 'a' as "case", 'b' as step, timestamp '2024-03-02' as finished, ${'{k: '.repeat(200)}1${'}'.repeat(200)} as deep`,
    ),
  },
];

const wide: readonly LargeCase[] = [
  {
    name: 'CSV of 10,000 columns',
    file: 'wide.csv',
    gives: 'TOO_MANY_COLUMNS',
    make: parts(() => repeat(1_000, (r) => `${joined(10_000, (c) => (r === 0 ? `k${c}` : `${c}`))}\n`)),
  },
  {
    name: 'JSON of 10,000 keys',
    file: 'wide.json',
    gives: 'TOO_MANY_COLUMNS',
    make: parts(() => [`[{${joined(10_000, (c) => `"k${c}":${c}`)}}]`]),
  },
  {
    name: 'NDJSON with 100 new keys on each of 1,000 lines',
    file: 'growing.ndjson',
    gives: 'TOO_MANY_COLUMNS',
    make: parts(() => repeat(1_000, (r) => `{${joined(100, (c) => `"k${r * 100 + c}":1`)}}\n`)),
  },
  {
    name: 'XES event of 5 million attributes, all of other names',
    file: 'names.xes',
    gives: 'TOO_MANY_COLUMNS',
    make: xesEvent(() => repeat(5_000_000, (i) => `<int key="k${i}" value="${i}"/>`)),
  },
  {
    name: 'XES event of 5 million attributes of one name',
    file: 'one-name.xes',
    gives: 1,
    make: xesEvent(() => repeat(5_000_000, (i) => `<int key="k" value="${i}"/>`)),
  },
  {
    name: 'XES attribute that holds 5 million others',
    file: 'nested.xes',
    gives: 1,
    make: xesEvent(function* () {
      yield '<list key="l">';
      yield* repeat(5_000_000, (i) => `<int key="k${i}" value="${i}"/>`);
      yield '</list>';
    }),
  },
  {
    name: 'XES tag of 3 million attributes',
    file: 'tag.xes',
    gives: 'XML_MALFORMED',
    make: xesEvent(function* () {
      yield '<string key="a" value="b"';
      yield* repeat(3_000_000, (i) => ` a${i}=""`);
      yield '/>';
    }),
  },
  {
    name: 'XES of a million declared names and 100,000 classifiers',
    file: 'declared.xes',
    gives: 'TOO_MANY_COLUMNS',
    make: xes(function* () {
      yield '<global scope="event">';
      yield* repeat(1_000_000, (i) => `<string key="g${i}" value="UNKNOWN"/>`);
      yield '</global>';
      yield* repeat(100_000, (i) => `<classifier name="n${i}" keys="concept:name g${i} missing"/>`);
      yield xesTrace('a', `<event>${xesFields(1)}</event>`);
    }),
  },
  {
    name: 'sheet of 10,000 columns',
    file: 'wide.xlsx',
    gives: 'TOO_MANY_COLUMNS',
    make: book(() =>
      sheet(
        sheetRow(0),
        Array.from({ length: 10_000 }, (_, c) => `k${c}`),
      ),
    ),
  },
  {
    name: 'Parquet of 10,000 columns',
    file: 'wide.parquet',
    gives: 'TOO_MANY_COLUMNS',
    make: parquet(`select ${joined(10_000, (c) => `${c} as k${c}`)} from range(100)`),
  },
  {
    name: 'CSV of 1,000 columns and 10,000 rows',
    file: 'square.csv',
    gives: 10_000,
    make: parts(() =>
      repeat(
        10_001,
        (r) => `${r === 0 ? csvHeader : csvRow(r)},${joined(997, (c) => (r === 0 ? `k${c}` : `${c % 7}`))}\n`,
      ),
    ),
  },
  {
    name: 'XES of 1,000 attributes on each of 10,000 events',
    file: 'square.xes',
    gives: 10_000,
    make: xes(() =>
      repeat(10_000, (i) =>
        xesTrace(
          `c${i}`,
          `<event>${xesFields(i)}${joined(990, (c) => `<int key="k${c}" value="${c % 7}"/>`, '')}</event>`,
        ),
      ),
    ),
  },
  {
    name: 'NDJSON of 1,000 keys on each of 10,000 lines',
    file: 'square.ndjson',
    gives: 10_000,
    make: parts(() => repeat(10_000, (r) => `${jsonRow(r, `,${joined(990, (c) => `"k${c}":${c % 7}`)}`)}\n`)),
  },
  {
    name: 'Parquet of 1,000 columns and 10,000 rows',
    file: 'square.parquet',
    gives: 10_000,
    make: parquet(
      `select 'c' || (range % 2000) as "case", 's' || (range % 12) as step, timestamp '2024-03-02' + to_minutes(range) as finished, ${joined(990, (c) => `range % 7 as k${c}`)} from range(10000)`,
    ),
  },
  {
    name: 'CSV of one case a row with 900 dates',
    file: 'dates.csv',
    gives: 1_000,
    make: parts(() =>
      repeat(
        1_001,
        (r) =>
          `${r === 0 ? 'case' : `c${r}`},${joined(900, (c) => (r === 0 ? `date of ${c}` : `2024-03-${10 + (c % 20)}`))}\n`,
      ),
    ),
  },
];

/** Inputs nested or spread beyond all measure. */
export const depthAndWidth = [...deep, ...wide, ...wideTexts];
