import { describe, expect, it } from 'vitest';
import { writeFailure } from './write-failure.ts';

const failure = (reason: string) => writeFailure(reason, new Error(reason));

describe('a failure of the engine', () => {
  it('is the disk when the disk is full, with the file under the name it was to have', () => {
    const said =
      'IO Error: Could not write all bytes to file "/data/cases.parquet.partial": wanted=8 wrote=2: No space left on device';
    expect(failure(said)).toMatchObject({
      code: 'FILE_NOT_WRITTEN',
      message: '/data/cases.parquet cannot be written: the disk is full.',
      where: { file: '/data/cases.parquet' },
    });
    expect(failure('IO Error: Could not write file "/tmp/a": No space left on device')?.message).toBe(
      '/tmp/a cannot be written: the disk is full.',
    );
  });

  it('is told without a file or a reason where the engine names none', () => {
    expect(failure('IO Error: No space left on device')?.message).toBe(
      'A file cannot be written: the disk is full.',
    );
    expect(failure('IO Error: Could not write file "a.parquet": Something new')?.message).toBe(
      'a.parquet cannot be written.',
    );
  });

  it('is left as it is when it is of another kind', () => {
    expect(failure('IO Error: No files found that match the pattern "a.parquet"')).toBeNull();
    expect(failure('Binder Error: could not write "No space left on device"')).toBeNull();
    expect(failure('IO Error: Cannot open file "a": Input/output error')).toBeNull();
  });
});
