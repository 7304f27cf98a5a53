import { formatValue, type Provenance, provenance, type Result, type Status } from '../core/index.ts';
import type { Question } from './answers.ts';
import { type Drawn, drawFrom, type Evidence, findingRows } from './drawn.ts';
import { drawFailedFirst } from './failed-first.ts';
import { drawOutsideTheSystem } from './outside-the-system.ts';
import { drawWhatToStop } from './what-to-stop.ts';

interface Monday {
  readonly question: string;
  readonly draw: (evidence: Evidence) => Drawn;
}

/** What cases wait for, where causes can be told; else between which steps the time passes. */
function drawWaits(evidence: Evidence): Drawn {
  const waits = evidence.find.find((result) => result.id === 'waits');
  const id = waits && waits.status !== 'cannot-tell' ? 'waits' : 'time';
  return drawFrom(
    'find',
    id,
    'Cannot tell: that needs an event log, a row for each step of each case.',
  )(evidence);
}

function notYet(answer: string, next: string): (evidence: Evidence) => Drawn {
  return () => ({ answer, status: 'cannot-tell', evidence: null, next: [next] });
}

function drawFinding(patterns: readonly string[], lead: string, none: string): (evidence: Evidence) => Drawn {
  return (evidence) => {
    const { findings, rows } = findingRows(evidence, patterns);
    const first = rows[0];
    if (!findings || !first) return { answer: none, status: 'cannot-tell', evidence: null };
    return {
      answer: `${lead}${String(first.title)}`,
      status: 'caution',
      evidence: 'find/findings',
      from: findings,
    };
  };
}

/** What moved between the compared periods, and whether what was changed made a difference, where something was. */
function drawChange(evidence: Evidence): Drawn {
  const change = drawFrom(
    'measure',
    'change',
    'Cannot tell yet: a year of comparable periods is needed.',
  )(evidence);
  const after = evidence.measure.find(({ id }) => id === 'after-changes');
  if (!after) return change;
  return {
    answer: `${change.answer} ${after.answer}`,
    status: after.status,
    evidence: 'measure/after-changes',
    next: after.next,
    from: after,
  };
}

/** What the targets themselves show, or else a target that a finding says leaves cases out. */
function drawTrust(evidence: Evidence): Drawn {
  const from = evidence.measure.find(({ id }) => id === 'trust');
  if (from && from.status !== 'cannot-tell')
    return { answer: from.answer, status: from.status, evidence: 'measure/trust', next: from.next, from };
  return drawFinding(
    ['target-covers-part'],
    '',
    'Cannot tell: the charter names no target, or none that can be counted.',
  )(evidence);
}

/** Results that say a number in use points the wrong way: a figure of their own marks that. */
function pointingWrong(measured: readonly Result[]): readonly Result[] {
  const marks: Readonly<Record<string, string>> = {
    resolved: 'wrong-way',
    units: 'wrong-way',
    'cost-generated': 'dearer',
  };
  return measured.filter(({ id, figures }) => figures.some((figure) => figure.id === marks[id]));
}

/** Cost generated, where cases got cheaper to handle and dearer in the end. */
function dearerInTheEnd(evidence: Evidence): Result | undefined {
  return pointingWrong(evidence.measure).find(({ id }) => id === 'cost-generated');
}

/** An answer made of several is no surer than the least sure of them. */
function leastSure(statuses: readonly Status[]): Status {
  if (statuses.includes('cannot-tell')) return 'cannot-tell';
  return statuses.includes('caution') ? 'caution' : 'sound';
}

/** Green numbers that mislead: what is counted where it points the wrong way, then targets. */
function drawMistrusted(evidence: Evidence): Drawn {
  const targets = drawTrust(evidence);
  const wrong = pointingWrong(evidence.measure);
  const [first] = wrong;
  if (!first) return targets;
  const said = wrong.map(({ answer }) => answer).join(' ');
  const ofTargets = `${targets.answer.charAt(0).toLowerCase()}${targets.answer.slice(1)}`;
  return {
    answer: targets.status === 'cannot-tell' ? said : `${said} Of the targets in use: ${ofTargets}`,
    status: leastSure([first.status, ...(targets.status === 'cannot-tell' ? [] : [targets.status])]),
    evidence: `measure/${first.id}`,
    next: wrong.flatMap(({ next }) => next),
    from: first,
  };
}

const paidWronglyWords =
  'Pounds paid wrongly are not in that figure: with them each case costs more, not less.';

/** A caution to stand beside the answer of one Result, and the Result that it rests on. */
export interface Caution {
  readonly words: string;
  /** Such as "measure/cost-generated". */
  readonly evidence: string;
}

/** What another of the Results says against the figure of one, where it does; null for every other. */
export function cautionBeside(id: string, measured: readonly Result[]): Caution | null {
  const isProductivity = id === 'productivity' || id === 'contributions';
  const [dearer] = isProductivity ? pointingWrong(measured).filter((one) => one.id === 'cost-generated') : [];
  const told = measured.find((one) => one.id === id);
  return dearer && told && told.status !== 'cannot-tell'
    ? { words: paidWronglyWords, evidence: `measure/${dearer.id}` }
    : null;
}

/** Productivity, and that pounds paid wrongly are no input, where cases got dearer in the end. */
function drawProductivity(evidence: Evidence): Drawn {
  const missing = 'Cannot tell: outputs, their quality and inputs are all needed.';
  const drawn = drawFrom('measure', 'productivity', missing)(evidence);
  if (!dearerInTheEnd(evidence) || drawn.status === 'cannot-tell') return drawn;
  return { ...drawn, answer: `${drawn.answer} ${paidWronglyWords}`, status: 'caution' };
}

/** What becomes of planned savings, and beside them what was saved on handling and lost in what is paid. */
function drawSavings(evidence: Evidence): Drawn {
  const drawn = evidence.measure.some(({ id }) => id === 'savings')
    ? drawFrom('measure', 'savings', '')(evidence)
    : notYet(
        'Cannot tell: the charter names no saving.',
        'Name planned savings in the charter, under "savings", with what is known of each.',
      )(evidence);
  const dearer = dearerInTheEnd(evidence);
  if (!dearer) return drawn;
  const said =
    'What handling saves is lost, and more, in what is paid wrongly: those who fund the payments bear it.';
  return { ...drawn, answer: `${drawn.answer} ${said}`, status: dearer.status };
}

function drawFloors(evidence: Evidence): Drawn {
  const from = evidence.measure.find((result) => result.id === 'floors');
  if (from)
    return { answer: from.answer, status: from.status, evidence: 'measure/floors', next: from.next, from };
  return {
    answer: 'Cannot tell: the charter names no essential floor.',
    status: 'cannot-tell',
    evidence: 'charter',
    next: ['Name in the charter, under "floors", what may never be traded away.'],
  };
}

/** What one unit could learn from another, as the comparison of units proposes it. */
function proposalsOf(units: Result | undefined): readonly string[] {
  const rows = units?.tables.find(({ id }) => id === 'practices')?.rows ?? [];
  return rows.map(({ proposal }) => String(proposal ?? '')).filter((text) => text !== '');
}

/** Where effort pays, or else that care be taken by risk, where handling got cheaper and cases dearer. */
function drawEffort(evidence: Evidence, dearer: Result): Drawn {
  const effort = evidence.measure.find(({ id }) => id === 'effort');
  const from = effort && effort.status !== 'cannot-tell' ? effort : dearer;
  return {
    answer: `Spend time where it pays before doing anything else faster. ${from.answer}`,
    status: 'caution',
    evidence: `measure/${from.id}`,
    next:
      from === dearer
        ? dearer.next
        : [...from.next.slice(0, 1), ...dearer.next.slice(0, 1), ...dearer.next.slice(-1)],
    from,
  };
}

/** What the page with the evidence of a finding says to do first. */
function nextOf({ find }: Evidence, evidence: string): readonly string[] {
  const from = find.find(({ id }) => `find/${id}` === evidence);
  return from ? from.next.slice(0, 1) : [];
}

/** What the wait of a finding would spare, were it shorter, and that a test is what shows it. */
function testInWords({ find }: Evidence, finding: Readonly<Record<string, unknown>>): string {
  const spared = find
    .find(({ id }) => id === 'failure-demand')
    ?.figures.find(({ id }) => id === 'spared-five-days');
  if (finding.pattern !== 'failure-demand' || finding.id !== 'failure-demand-1' || !spared) return '';
  return ` Five days less of that wait would spare about ${formatValue(spared.value, 'count')} of them${spared.name.includes('a year') ? ' a year' : ''}, if they come of it: test that by moving people there group by group, in an order drawn by lot.`;
}

function drawNext(evidence: Evidence): Drawn {
  const dearer = dearerInTheEnd(evidence);
  if (dearer) return drawEffort(evidence, dearer);
  const findings = evidence.find.find((result) => result.id === 'findings');
  const first = findings?.tables.find(({ id }) => id === 'findings')?.rows[0];
  const units = evidence.measure.find(({ id }) => id === 'units');
  const [proposal, ...later] = proposalsOf(units);
  if (!first && units && proposal)
    return { answer: proposal, status: 'caution', evidence: 'measure/units', next: later, from: units };
  if (!findings || !first) {
    return {
      answer: 'Cannot tell yet: there is no finding to act on.',
      status: 'cannot-tell',
      evidence: null,
      next: ['Add an event log, so that waits and repeats can be found.'],
    };
  }
  return {
    answer: `Look first into this, with the people who do the work: ${String(first.title)}${testInWords(evidence, first)}`,
    status: 'caution',
    evidence: 'find/findings',
    next: [
      ...nextOf(evidence, String(first.evidence ?? '')),
      ...pointingWrong(evidence.measure).flatMap(({ next }) => next.slice(0, 1)),
      ...proposalsOf(units),
      'Comparing options and their costs is not in this version: treat the order of findings as a start.',
    ],
    from: findings,
  };
}

/** The fifteen questions in the order of the home page. */
const mondays: readonly Monday[] = [
  {
    question: 'Are we achieving what the service is for, and for whom are we not?',
    draw: drawFrom('measure', 'effectiveness', 'Cannot tell: no outcome or quality measure has data yet.'),
  },
  {
    question: 'Are we more productive than a year ago, allowing for quality, and how sure are we?',
    draw: drawProductivity,
  },
  {
    question: 'What changed lately, and is it real or noise?',
    draw: drawChange,
  },
  {
    question: 'Where are people waiting, and what exactly are they waiting for?',
    draw: drawWaits,
  },
  {
    question: 'How much of our work exists only because we failed the first time, and what does it cost?',
    draw: drawFailedFirst,
  },
  {
    question: 'What are staff doing outside the system to get the job done, and why?',
    draw: drawOutsideTheSystem,
  },
  {
    question: 'Which of our green numbers should I not trust?',
    draw: drawMistrusted,
  },
  { question: 'What is the one thing to do next, and what comes after it?', draw: drawNext },
  {
    question: 'What should we stop?',
    draw: drawWhatToStop,
  },
  {
    question: 'If we make the planned saving, who pays for it: citizens, another body, next year, staff?',
    draw: drawSavings,
  },
  { question: 'Which essential service is closest to its floor?', draw: drawFloors },
  {
    question: 'Which tests are running, when will we know, and what will we do with each answer?',
    draw: notYet(
      'None are recorded: trials are not in this version.',
      'Write down, before any change, what you expect and by when.',
    ),
  },
  {
    question: 'Is the AI helping people finish, or just answering more?',
    draw: notYet(
      'Cannot tell: no assistant is connected, and assistants are not in this version.',
      'Measure any assistant by questions resolved without a repeat contact.',
    ),
  },
  {
    question: 'Are the savings we promised turning up?',
    draw: notYet(
      'Cannot tell: no promised saving is recorded, and following benefits is not in this version.',
      'Keep each promise with its definition, baseline and date.',
    ),
  },
  {
    question: 'What did we believe that turned out wrong?',
    draw: notYet(
      'Cannot tell yet: forecasts and what became of them are not in this version.',
      'The charter lists every assumption with its review date.',
    ),
  },
];

function questionProvenance(drawn: Drawn, charter: Provenance): Provenance {
  return drawn.from?.provenance ?? provenance({ method: 'no method was run', charter: charter.charter });
}

/** Answers the fifteen questions from the Results there are; what they cannot answer says what would. */
export function answerMonday(evidence: Evidence): readonly Question[] {
  return mondays.map(({ question, draw }, i) => {
    const drawn = draw(evidence);
    return {
      number: i + 1,
      question,
      evidence: drawn.evidence,
      result: {
        id: `q${i + 1}`,
        question,
        answer: drawn.answer,
        status: drawn.status,
        figures: drawn.from?.figures ?? [],
        tables: [],
        charts: [],
        caveats: drawn.from?.caveats ?? [],
        next: drawn.next ?? [],
        provenance: questionProvenance(drawn, evidence.charter.provenance),
      },
    };
  });
}
