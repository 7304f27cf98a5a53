/** A value of a structure in Thrift's compact protocol, as far as Parquet's metadata needs it. */
export type ThriftValue =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'i32' | 'i64'; readonly value: number }
  | { readonly type: 'binary'; readonly value: Uint8Array }
  | { readonly type: 'list'; readonly of: ThriftValue['type']; readonly value: readonly ThriftValue[] }
  | { readonly type: 'struct'; readonly value: ThriftStruct };

/** A structure: the numbers of its fields, rising, with their values; a field that is undefined is left out. */
export type ThriftStruct = readonly (readonly [number, ThriftValue | undefined])[];

const codes = { bool: 1, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

export const i32 = (value: number): ThriftValue => ({ type: 'i32', value });
export const i64 = (value: number): ThriftValue => ({ type: 'i64', value });
export const bool = (value: boolean): ThriftValue => ({ type: 'bool', value });
export const bytes = (value: Uint8Array): ThriftValue => ({ type: 'binary', value });
export const text = (value: string): ThriftValue => bytes(Buffer.from(value, 'utf8'));
export const struct = (value: ThriftStruct): ThriftValue => ({ type: 'struct', value });
export const list = (of: ThriftValue['type'], value: readonly ThriftValue[]): ThriftValue => ({
  type: 'list',
  of,
  value,
});

/** Puts a whole number that is not negative in seven bits a byte, the lowest first. */
function putVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

function putValue(out: number[], thrift: ThriftValue): void {
  switch (thrift.type) {
    case 'i32':
    case 'i64':
      putVarint(out, zigzag(thrift.value));
      return;
    case 'binary':
      putVarint(out, thrift.value.length);
      for (const byte of thrift.value) out.push(byte);
      return;
    case 'list': {
      const size = thrift.value.length;
      if (size < 15) out.push(size * 16 + codes[thrift.of]);
      else {
        out.push(0xf0 + codes[thrift.of]);
        putVarint(out, size);
      }
      for (const each of thrift.value) putValue(out, each);
      return;
    }
    case 'struct':
      putStruct(out, thrift.value);
      return;
    case 'bool':
      out.push(thrift.value ? 1 : 2);
  }
}

function putStruct(out: number[], fields: ThriftStruct): void {
  let last = 0;
  for (const [field, thrift] of fields) {
    if (thrift === undefined) continue;
    // A truth value lies in the type of its field; the fields of Parquet are never more than fifteen apart.
    const code = thrift.type === 'bool' ? (thrift.value ? 1 : 2) : codes[thrift.type];
    out.push((field - last) * 16 + code);
    if (thrift.type !== 'bool') putValue(out, thrift);
    last = field;
  }
  out.push(0);
}

/** A structure as bytes of the compact protocol (Apache Thrift, compact protocol specification). */
export function compactBytes(fields: ThriftStruct): Uint8Array {
  const out: number[] = [];
  putStruct(out, fields);
  return Uint8Array.from(out);
}
