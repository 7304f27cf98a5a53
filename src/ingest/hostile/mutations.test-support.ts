import fc from 'fast-check';

/** A change of some bytes; where it is made is a share of the whole. */
interface Change {
  readonly at: number;
  readonly byte: number;
  readonly kind: 'set' | 'flip' | 'insert' | 'cut';
}

// Even over the whole: most doubles are close to zero, and integers favour their bounds.
const share = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1e6);

/** One to six changes of bytes. */
const changes = fc.array(
  fc.record({
    at: share,
    // Most within ASCII: what is no text at all is found at once.
    byte: fc.oneof({ weight: 3, arbitrary: fc.nat(127) }, { weight: 1, arbitrary: fc.nat(255) }),
    kind: fc.constantFrom('set' as const, 'flip' as const, 'insert' as const, 'cut' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

function changed(bytes: Buffer, made: readonly Change[]): Buffer {
  let out = Buffer.from(bytes);
  for (const { at, byte, kind } of made) {
    const place = Math.min(out.length - 1, Math.floor(at * out.length));
    if (place < 0) break;
    if (kind === 'set') out[place] = byte;
    else if (kind === 'flip') out[place] = (out[place] as number) ^ (1 << (byte % 8));
    else if (kind === 'insert')
      out = Buffer.concat([out.subarray(0, place), Buffer.from([byte]), out.subarray(place)]);
    else out = Buffer.concat([out.subarray(0, place), out.subarray(place + 1 + (byte % 8))]);
  }
  return out;
}

/** Bytes with a few of them changed, put in or cut out. */
export function withByteDamage(bytes: Buffer): fc.Arbitrary<Buffer> {
  return changes.map((made) => changed(bytes, made));
}

const nasty = fc.constantFrom(
  ...['', '"', '""', '"""', "'", ',', ';', '\n', '\r', '\r\n', '\u0000', '\ufeff', '\u2028', '\ud800'],
  ...['__proto__', 'NULL', '=1+1', '-', '1e999', '9999-12-31', '31/12/9999', '2024-02-30', '24:00', '€'],
  ...[
    '<',
    '&',
    '&lt;',
    '&#0;',
    '&#x41;',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    ' '.repeat(300),
    'x'.repeat(10_001),
  ],
);
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('drop', 'double', 'swap', 'replace', 'join', 'end', 'move'),
    from: share,
    to: share,
    text: nasty,
  }),
  { minLength: 1, maxLength: 5 },
);

/** Parts of a text dropped, doubled, exchanged, replaced by what means something, moved or cut off. */
function restructured(parts: readonly string[], made: readonly Step[]): string {
  const out = [...parts];
  for (const { what, from, to, text } of made) {
    const [a, b] = [from, to].map((place) => Math.min(out.length - 1, Math.floor(place * out.length)));
    if (a === undefined || b === undefined || a < 0) break;
    if (what === 'drop') out.splice(a, 1);
    else if (what === 'double') out.splice(b, 0, ...out.slice(a, a + 3));
    else if (what === 'swap') [out[a], out[b]] = [out[b] as string, out[a] as string];
    else if (what === 'replace') out[a] = text;
    else if (what === 'join') out[a] = `${text}${out[a]}`;
    else if (what === 'move') out.splice(b, 0, ...out.splice(a, 2));
    else if (to > 0.9) out.length = a;
  }
  return out.join('');
}

interface Step {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text whose parts, found by a pattern that keeps what lies between, have changed places or meanings. */
export function withStructuralDamage(text: string, pattern: RegExp): fc.Arbitrary<Buffer> {
  const parts = text.split(pattern).filter((part) => part !== undefined);
  return steps.map((made) => Buffer.from(restructured(parts, made)));
}

const regions = fc.array(
  fc.record({
    what: fc.constantFrom('swap', 'copy', 'zero', 'cut'),
    from: share,
    to: share,
    length: fc.integer({ min: 1, max: 400 }),
  }),
  { minLength: 1, maxLength: 3 },
);

function reordered(
  bytes: Buffer,
  made: readonly { what: string; from: number; to: number; length: number }[],
): Buffer {
  let out = Buffer.from(bytes);
  for (const { what, from, to, length } of made) {
    const [a, b] = [from, to].map((place) => Math.floor(place * Math.max(0, out.length - length))) as [
      number,
      number,
    ];
    const [one, two] = [Buffer.from(out.subarray(a, a + length)), Buffer.from(out.subarray(b, b + length))];
    if (what === 'zero') out.fill(0, a, a + length);
    else if (what === 'cut') out = Buffer.concat([out.subarray(0, a), out.subarray(a + length)]);
    else {
      one.copy(out, b);
      if (what === 'swap') two.copy(out, a);
    }
  }
  return out;
}

/** A Parquet file in its parts: pages, and the footer with its length and mark. */
function split(file: Buffer): { readonly pages: Buffer; readonly footer: Buffer } {
  const at = file.length - 8 - file.readUInt32LE(file.length - 8);
  return { pages: file.subarray(4, at), footer: file.subarray(at, file.length - 8) };
}

function together(pages: Buffer, footer: Buffer, length = footer.length): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length >>> 0);
  return Buffer.concat([Buffer.from('PAR1'), pages, footer, size, Buffer.from('PAR1')]);
}

/** Parquet files with bits flipped, pages exchanged, footers altered or taken from another, and ends cut off. */
export function withParquetDamage(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const file = fc.constantFrom(...files);
  return fc.oneof(
    fc.tuple(file, changes).map(([bytes, made]) => changed(bytes, made)),
    fc.tuple(file, changes).map(([bytes, made]) => {
      const { pages, footer } = split(bytes);
      return together(pages, changed(footer, made));
    }),
    fc.tuple(file, regions).map(([bytes, made]) => {
      const { pages, footer } = split(bytes);
      return together(reordered(pages, made), footer);
    }),
    fc.tuple(file, file).map(([one, other]) => together(split(one).pages, split(other).footer)),
    fc.tuple(file, fc.integer({ min: -(2 ** 31), max: 2 ** 31 })).map(([bytes, length]) => {
      const { pages, footer } = split(bytes);
      return together(pages, footer, length);
    }),
    fc.tuple(file, share).map(([bytes, at]) => bytes.subarray(0, Math.floor(at * bytes.length))),
  );
}
