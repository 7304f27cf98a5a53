import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { openZone } from '../time/zone.ts';
import { attributeReading, fieldReading, NumberCaster } from './cast-numbers.ts';
import { TextCaster, textAt } from './cast-texts.ts';
import { TimeCaster } from './cast-times.ts';
import { plainNumbers } from './coded-numbers.ts';
import { newCounters } from './counters.ts';
import { newFaults } from './row-faults.ts';
import { nameReading } from './text-readings.ts';

/** Batches of cells, plain and by their places in one list that grows from batch to batch. */
function bothWays(batches: readonly (readonly string[])[]): readonly (readonly [Cells, CodedCells])[] {
  const words: string[] = [];
  const codeOf = (text: string) => {
    const known = words.indexOf(text);
    return known < 0 ? words.push(text) - 1 : known;
  };
  return batches.map((cells) => [cells, new CodedCells(Int32Array.from(cells, codeOf), words)]);
}

const batchesOf = (...texts: readonly string[]) =>
  fc.array(fc.array(fc.constantFrom(...texts), { maxLength: 30 }), { maxLength: 6 });

/** Casts all batches in both ways and expects the same values and faults. */
function expectAlike(
  batches: readonly (readonly string[])[],
  newCaster: () => (cells: Cells, rows: number) => unknown,
): void {
  const [plain, coded] = [newCaster(), newCaster()];
  for (const [cells, byPlace] of bothWays(batches)) {
    const rows = byPlace.codes.length;
    expect(coded(byPlace, rows)).toEqual(plain(cells, rows));
  }
}

const noFaults = (rows: number) => newFaults(Array.from({ length: rows }, (_, row) => row + 2));

test('times by their places in a list are those of their texts, with the same faults and counts', () => {
  const zone = openZone('Europe/London');
  const texts = [
    '2024-06-01T10:00:00.5Z',
    ' 2024-10-27 01:30 ',
    '2024-03-31 01:30',
    '9999-12-31',
    'n/a',
    'x',
    '',
  ];
  fc.assert(
    fc.property(batchesOf(...texts), (batches) => {
      expectAlike(batches, () => {
        const counters = newCounters('Europe/London');
        const caster = new TimeCaster('at', new Set(['n/a']), { zone, order: 'day-first' }, counters);
        return (cells, rows) => {
          const faults = noFaults(rows);
          const { instants, walls, later } = caster.cast(cells, faults);
          return [
            [...plainNumbers(instants)],
            [...plainNumbers(walls)],
            [...later],
            faults.list,
            [...faults.bad],
            { ...counters },
          ];
        };
      });
    }),
  );
});

test('numbers and texts by their places in a list are those of their texts, with the same faults', () => {
  fc.assert(
    fc.property(batchesOf('1', ' 2.5 ', '-3', 'x', '', 'n/a'), (batches) => {
      expectAlike(batches, () => {
        const read = fieldReading(new Set(['n/a']), 'point', { required: false, least: 'zero' });
        const caster = new NumberCaster('n', read);
        return (cells, rows) => {
          const faults = noFaults(rows);
          return [[...plainNumbers(caster.cast(cells, faults))], faults.list, [...faults.bad]];
        };
      });
      expectAlike(batches, () => {
        const caster = new TextCaster('step', nameReading('STEP_EMPTY'));
        return (cells, rows) => {
          const faults = noFaults(rows);
          const texts = caster.cast(cells, faults);
          return [Array.from({ length: rows }, (_, row) => textAt(texts, row)), faults.list];
        };
      });
    }),
  );
});

test('codes of numbers hold for all that are cast, also when the texts come by a new list', () => {
  fc.assert(
    fc.property(batchesOf('1', '2.5', '', 'x', '7'), batchesOf('7', '8', '1'), (before, after) => {
      const caster = new NumberCaster('n', fieldReading(new Set(), 'point', { required: false }));
      const [codes, texts]: [number[], string[]] = [[], []];
      let numbers: Float64Array = new Float64Array(0);
      for (const [, cells] of [...bothWays(before), ...bothWays(after)]) {
        const cast = caster.cast(cells, newFaults(cells.texts.map((_, row) => row)));
        if (cast instanceof Float64Array) throw new TypeError('coded cells stay coded');
        codes.push(...cast.codes);
        texts.push(...cells.texts);
        numbers = cast.numbers;
      }
      const said = texts.map((text) => (text === '' || text === 'x' ? Number.NaN : Number(text)));
      expect(plainNumbers({ codes: Int32Array.from(codes), numbers })).toEqual(Float64Array.from(said));
    }),
  );
});

test('each cell of an attribute of times that shows "no date" is heard of, coded or not', () => {
  const plan = { column: 'born', kind: 'timestamp', style: 'point' } as unknown as ColumnPlan;
  const rules = { zone: openZone('UTC'), order: 'day-first' } as const;
  fc.assert(
    fc.property(batchesOf('1970-01-01', '9999-12-31', '2001-02-03', ''), (batches) => {
      for (const at of [0, 1] as const) {
        const heard: string[] = [];
        const caster = new NumberCaster('born', attributeReading(plan, new Set(), rules), (text) =>
          heard.push(text),
        );
        for (const pair of bothWays(batches)) caster.cast(pair[at], newFaults([]));
        expect(heard).toEqual(
          batches.flat().filter((text) => text.startsWith('1970') || text.startsWith('9999')),
        );
      }
    }),
  );
});
