import { describe, expect, it } from 'vitest';
import { notWritten, writing } from './not-written.ts';
import { WellspentError } from './wellspent-error.ts';

const refused = (code: string) => Object.assign(new Error(`${code}: write`), { code });

describe('a file that cannot be written', () => {
  it('is named with the reason in plain words, though the system named no file', () => {
    const full = () => {
      throw refused('ENOSPC');
    };
    expect(() => writing('data/a.parquet', full)).toThrow(
      'data/a.parquet cannot be written: the disk is full.',
    );
    expect(notWritten('a', refused('EROFS')).message).toBe('a cannot be written: the disk is read-only.');
    expect(notWritten(null, refused('ENOSPC'))).toMatchObject({
      message: 'A file cannot be written: the disk is full.',
      where: undefined,
      hint: expect.stringContaining('free room'),
    });
  });

  it('without a reason we know says just that, and keeps what the system said', () => {
    const cause = refused('ESOMETHING');
    expect(notWritten('a', cause)).toMatchObject({ message: 'a cannot be written.', cause, hint: undefined });
  });

  it('leaves errors of ours alone', () => {
    const own = new WellspentError('FILE_EXISTS', 'It is there.');
    expect(() =>
      writing('a', () => {
        throw own;
      }),
    ).toThrow(own);
    expect(writing('a', () => 7)).toBe(7);
  });
});
