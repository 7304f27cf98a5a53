import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Fault } from './utf8-faults.ts';

/** Blocks of a size in the same memory, as a file is read. */
async function* blocksOf(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  const memory = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(memory, 0, at, at + size);
    yield memory.subarray(0, length);
  }
}

const fault = (bytes: Buffer, size = 7) => utf8Fault(blocksOf(bytes, size), 'a.csv');
const latin = (text: string) => Buffer.from(text, 'latin1');
const line = Buffer.from('Zürich – naïve £5 😀\n');

describe('a text that was taken for UTF-8', () => {
  it('is damaged where it holds more characters of UTF-8 than other bytes; the first is named', async () => {
    const text = Buffer.concat([...Array(20).fill(line), latin('a\xff\xfe\n'), ...Array(20).fill(line)]);
    for (const size of [1, 2, 3, 7, 64, 100_000])
      expect(await fault(text, size)).toMatchObject({
        code: 'INPUT_DAMAGED',
        message: 'a.csv is UTF-8 but for 1 place, in line 21.',
        where: { file: 'a.csv', line: 21 },
        found: 'the byte FF, where a character should be',
      });
    const twice = await fault(Buffer.concat([text, latin('b\xc3\n')]));
    expect(twice?.message).toBe('a.csv is UTF-8 but for 2 places, the first in line 21.');
  });

  it('names the line also behind thousands of characters', async () => {
    const text = Buffer.concat([...Array(3000).fill(line), latin('\xff'), line]);
    expect((await fault(text, 1024))?.where).toEqual({ file: 'a.csv', line: 3001 });
  });

  it('is cut off where nothing but its last character is missing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('é', '€', '😀'),
        fc.integer({ min: 1, max: 9 }),
        async (text, last, size) => {
          const whole = Buffer.from(`${text}ü${last}`);
          expect(await fault(whole, size)).toBeNull();
          const cut = await fault(whole.subarray(0, -1), size);
          expect(cut).toMatchObject({ code: 'INPUT_TRUNCATED', hint: undefined });
          expect(cut?.where?.line).toBe(text.split('\n').length);
        },
      ),
    );
  });

  it('may be whole in another encoding where its last byte alone is none of ASCII', async () => {
    expect(await fault(latin('a,b\ncaf\xe9'))).toMatchObject({
      code: 'INPUT_TRUNCATED',
      hint: expect.stringContaining('windows-1252'),
    });
  });

  it('is of another encoding where other bytes prevail', async () => {
    expect(await fault(latin('caf\xe9, na\xefve, Z\xfcrich'))).toBeNull();
    expect(await fault(latin('caf\xe9 '.repeat(5000)), 1000)).toBeNull();
    expect(await fault(latin('caf\xc3\xa9, na\xefve, Z\xfcrich'))).toBeNull();
  });
});
