import { expect, test } from 'vitest';
import { drawFailedFirst } from './failed-first.ts';
import { foundAlone, madeFigure, madeResult } from './made-evidence.test-support.ts';

const rework = madeResult('rework', 'Doing it again took staff time worth £7,180.', {
  figures: [madeFigure('rework-pounds', 7180.4, 'pounds'), madeFigure('repeats', 3412, 'count')],
});
const contacts = madeResult('failure-demand', 'Most contacts are there because something failed.', {
  figures: [madeFigure('failure-pounds', 5258.2, 'pounds')],
});

test('pounds of contacts stand beside pounds of work done again, and are not added', () => {
  expect(drawFailedFirst(foundAlone(rework, contacts)).answer).toBe(
    'Doing it again took staff time worth £7,180. Most contacts are there because something failed. Handling the contacts that a failure brings took staff time worth £5,260. The two costs are not added: handling a contact may be one of the steps done again.',
  );
});

test('pounds of contacts are told where work done again has none', () => {
  const none = madeResult('rework', 'No case went through a step twice.');
  const { answer } = drawFailedFirst(foundAlone(none, contacts));
  expect(answer).toContain('staff time worth £5,260.');
  expect(answer).not.toContain('not added');
});

test('where nothing was done again, contacts answer and that is said last', () => {
  const none = madeResult('rework', 'No case went through a step twice.', {
    figures: [madeFigure('repeats', 0, 'count')],
  });
  const drawn = drawFailedFirst(foundAlone(none, contacts));
  expect(drawn.evidence).toBe('find/failure-demand');
  expect(drawn.answer).toMatch(/^Most contacts are there because something failed\./);
  expect(drawn.answer).toMatch(/No case went through a step twice\.$/);
});

test('contacts alone answer where there is no log, on their own page', () => {
  const none = madeResult('rework', 'Cannot tell.', { status: 'cannot-tell' });
  expect(drawFailedFirst(foundAlone(none, contacts))).toMatchObject({
    status: 'caution',
    evidence: 'find/failure-demand',
  });
});
