import { type Drawn, type Evidence, findingRows } from './drawn.ts';

const habits = 'Habits leave no trace: ask those who do the work.';

/** What staff may do outside the system: the possible workarounds as their page tells them, then clocks that start again. */
export function drawOutsideTheSystem(evidence: Evidence): Drawn {
  const found = evidence.find.find(({ id }) => id === 'workarounds');
  const { findings, rows } = findingRows(evidence, ['clock-restart']);
  const restart = rows[0] && String(rows[0].title);
  if (found?.tables.some(({ id }) => id === 'workarounds'))
    return {
      answer: restart ? `${found.answer} Ask about this sign too: ${restart}` : found.answer,
      status: 'caution',
      evidence: 'find/workarounds',
      next: found.next,
      from: found,
    };
  if (findings && restart)
    return {
      answer: `One sign to ask about: ${restart}`,
      status: 'caution',
      evidence: 'find/findings',
      from: findings,
    };
  if (!found || found.status === 'cannot-tell')
    return {
      answer: `${found?.answer ?? 'Cannot tell: that needs an event log, a row for each step of each case.'} ${habits}`,
      status: 'cannot-tell',
      evidence: found ? 'find/workarounds' : null,
    };
  return {
    answer: `${found.answer} ${habits}`,
    status: 'cannot-tell',
    evidence: 'find/workarounds',
    from: found,
  };
}
