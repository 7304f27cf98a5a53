import { formatValue, type Result } from '../core/index.ts';
import { type Drawn, drawFrom, type Evidence } from './drawn.ts';

const figureOf = (result: Result | undefined, id: string) =>
  result?.figures.find((figure) => figure.id === id && figure.value !== null);

function contactsInWords(contacts: Result): string {
  const pounds = figureOf(contacts, 'failure-pounds')?.value;
  return pounds == null
    ? contacts.answer
    : `${contacts.answer} Handling the contacts that a failure brings took staff time worth ${formatValue(pounds, 'pounds')}.`;
}

/** Work done again, and beside it, never added, the contacts that a failure brings where they can be told. */
export function drawFailedFirst(evidence: Evidence): Drawn {
  const drawn = drawFrom(
    'find',
    'rework',
    'Cannot tell: that needs an event log, or contacts with their reasons.',
  )(evidence);
  const contacts = evidence.find.find((result) => result.id === 'failure-demand');
  if (!contacts || contacts.status === 'cannot-tell') return drawn;
  const said = contactsInWords(contacts);
  if (drawn.status === 'cannot-tell' || !drawn.from)
    return {
      answer: said,
      status: 'caution',
      evidence: 'find/failure-demand',
      next: contacts.next,
      from: contacts,
    };
  // What is not there, or in a handful of cases, is said last.
  if (!figureOf(drawn.from, 'repeats')?.value)
    return {
      answer: `${said} ${drawn.answer}`,
      status: 'caution',
      evidence: 'find/failure-demand',
      next: contacts.next,
      from: contacts,
    };
  const both = figureOf(drawn.from, 'rework-pounds') && figureOf(contacts, 'failure-pounds');
  const apart = both
    ? ' The two costs are not added: handling a contact may be one of the steps done again.'
    : '';
  return { ...drawn, answer: `${drawn.answer} ${said}${apart}`, status: 'caution' };
}
