import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodedCells, textsOf } from '../cells.ts';
import { utf8Blocks } from '../text-decoding.ts';
import { ColumnCells } from './column-cells.ts';
import { Stretch } from './stretch.ts';

/** Takes texts in batches, each text as bytes of a stretch that holds the whole batch. */
function taken(batches: readonly (readonly string[])[]) {
  const column = new ColumnCells();
  return batches.map((texts) => {
    const stretch = new Stretch(Buffer.from(texts.join('')));
    let at = 0;
    texts.forEach((text, row) => {
      const end = at + Buffer.byteLength(text);
      column.add(row, stretch, at, end);
      at = end;
    });
    return column.take(texts.length);
  });
}

const numbered = (from: number, size: number) => Array.from({ length: size }, (_, i) => `case ${from + i}`);

describe('cells of one column', () => {
  test('texts that come again are coded by one list, and read back as they were', () => {
    const batches = [
      ['a', 'é', 'a'],
      ['é', '', 'b'],
    ];
    const cells = taken(batches);
    expect(cells.map(textsOf)).toEqual(batches);
    const [first, second] = cells as CodedCells[];
    expect([...(first?.codes ?? [])]).toEqual([0, 1, 0]);
    expect(second?.words).toBe(first?.words);
    expect(first?.words).toEqual(['a', 'é', '', 'b']);
  });

  test('texts that differ only in a letter of every four are told apart as fast as others', () => {
    // In the uppermost byte of a number of 32 bits; a product changes only above the lowest bit that its number does.
    const letters = ['1', 'A', 'Q', 'a', 'q'];
    const alike = (n: number) =>
      Array.from({ length: 6 }, (_, place) => letters[Math.floor(n / 5 ** place) % 5] as string)
        .map((letter) => `x${letter}y${letter}`)
        .join('');
    const texts = Array.from({ length: 15_625 }, (_, n) => alike(n));
    const cells = taken([texts.slice(0, 4_000), texts.slice(0, 4_000), texts, texts]);
    expect(cells.map(textsOf)).toEqual([texts.slice(0, 4_000), texts.slice(0, 4_000), texts, texts]);
    // A column of which texts collide a thousand times over is given up.
    for (const each of cells) expect(each).toBeInstanceOf(CodedCells);
  });

  test('where each row has a text of its own, cells are no longer coded', () => {
    const batches = [numbered(0, 8_192), numbered(8_192, 8_192)];
    const cells = taken(batches);
    expect(cells.map((one) => one instanceof CodedCells)).toEqual([true, false]);
    expect(cells.map(textsOf)).toEqual(batches);
  });

  test('a long text in the middle of a batch turns the batch into texts', () => {
    const batches = [['a', 'x'.repeat(2_000), 'a'], ['a']];
    const cells = taken(batches);
    expect(cells.some((one) => one instanceof CodedCells)).toBe(false);
    expect(cells.map(textsOf)).toEqual(batches);
  });

  test('a list that has grown long is followed by a new one', () => {
    const batches = Array.from({ length: 60 }, (_, batch) => {
      const own = numbered(batch * 2_000, 2_000);
      return [...own, ...own, ...own];
    });
    const cells = taken(batches);
    expect(cells.map(textsOf)).toEqual(batches);
    const lists = new Set(cells.map((one) => (one as CodedCells).words));
    expect(lists.size).toBe(2);
  });

  test('any texts read back as they were, also those set beside the file', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 40 })),
        (all) => {
          expect(taken(all).map(textsOf)).toEqual(all);
          const column = new ColumnCells();
          for (const texts of all) {
            texts.forEach((text, row) => {
              column.addText(row, text);
            });
            expect(textsOf(column.take(texts.length))).toEqual(texts);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

async function decoded(blocks: readonly Buffer[], encoding: string): Promise<string> {
  async function* source() {
    yield* blocks;
  }
  const out: Buffer[] = [];
  for await (const block of utf8Blocks(source(), encoding, 'file.csv')) {
    expect(block.toString('utf8')).not.toContain('\ufffd');
    out.push(block);
  }
  return Buffer.concat(out).toString('utf8');
}

/** Bytes cut at every `size`. */
function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

describe('text in blocks of whole characters', () => {
  const text = 'a,é,€,𝒜\r\nGröße,zażółć,日本';
  test.each([1, 2, 3, 5, 100])(
    'characters cut at every %i bytes are whole again, a mark is left out',
    async (size) => {
      expect(await decoded(cut(Buffer.from(`\ufeff${text}`), size), 'utf-8')).toBe(text);
      expect(await decoded(cut(Buffer.from(`\ufeff${text}`, 'utf16le'), size), 'utf-16le')).toBe(text);
    },
  );

  test('other encodings become UTF-8', async () => {
    expect(await decoded([Buffer.from([0x93, 0x80, 0xe9, 0x94])], 'windows-1252')).toBe('“€é”');
  });

  test.each([
    ['a byte that no character has', [0x61, 0xff, 0x62]],
    ['a character that the end cuts off', [0x61, 0xe2, 0x82]],
    ['a surrogate', [0xed, 0xa0, 0x80, 0x61]],
  ])('%s is told', async (_, bytes) => {
    for (const size of [1, 2, 100])
      await expect(decoded(cut(Buffer.from(bytes), size), 'utf-8')).rejects.toMatchObject({
        code: 'ENCODING_UNKNOWN',
      });
  });

  test('rows that are passed over are empty, also where an earlier batch had texts', () => {
    const cell = fc.option(fc.constantFrom('', 'a', 'b', 'é', 'x'.repeat(2_000)), {
      nil: undefined,
      freq: 2,
    });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 150 }), { maxLength: 5 }), (batches) => {
        const column = new ColumnCells();
        for (const cells of batches) {
          cells.forEach((text, row) => {
            if (text === undefined) return;
            const stretch = new Stretch(Buffer.from(text));
            column.add(row, stretch, 0, stretch.bytes.length);
          });
          expect(textsOf(column.take(cells.length))).toEqual(cells.map((text) => text ?? ''));
        }
      }),
      { numRuns: 200 },
    );
  });
});
