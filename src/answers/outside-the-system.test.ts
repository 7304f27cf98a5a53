import { expect, test } from 'vitest';
import type { CellValue, Result, Status } from '../core/index.ts';
import { provenance } from '../core/index.ts';
import { drawOutsideTheSystem } from './outside-the-system.ts';

type Rows = readonly Readonly<Record<string, CellValue>>[];

function result(id: string, answer: string, rows: Rows = [], status: Status = 'caution'): Result {
  const tables = rows.length > 0 ? [{ id, title: id, columns: [], rows }] : [];
  const none = { figures: [], charts: [], caveats: [], next: [] };
  return { id, question: id, answer, status, tables, ...none, provenance: provenance({ method: 'none' }) };
}

const draw = (...find: readonly Result[]) =>
  drawOutsideTheSystem({
    charter: result('charter', ''),
    data: result('data', ''),
    measure: [],
    find,
  });

const seven = result('workarounds', '7 possible workarounds. First: a step is left out.', [{ title: 'a' }]);
const restarts = result('findings', '1 finding.', [{ pattern: 'clock-restart', title: 'The clock starts.' }]);

test('the home page says of workarounds what their own page says', () => {
  const drawn = draw(result('findings', '1 finding.', [{ pattern: 'wait', title: 'A wait.' }]), seven);
  expect(drawn).toMatchObject({ answer: seven.answer, status: 'caution', evidence: 'find/workarounds' });
});

test('a clock that starts again is told beside them, or alone', () => {
  expect(draw(restarts, seven).answer).toBe(`${seven.answer} Ask about this sign too: The clock starts.`);
  expect(draw(restarts, result('workarounds', 'Nothing unusual.')).answer).toBe(
    'One sign to ask about: The clock starts.',
  );
});

test('where nothing is found it sends to those who do the work', () => {
  expect(draw(result('workarounds', 'Nothing unusual.'))).toMatchObject({
    answer: 'Nothing unusual. Habits leave no trace: ask those who do the work.',
    status: 'cannot-tell',
  });
  expect(draw().answer).toMatch(/^Cannot tell: .* Habits leave no trace/);
});
