import type { WellspentError } from '../../core/index.ts';
import { canonicalTables } from '../../stores/index.ts';
import { charterExpressions } from '../charter-expressions.ts';
import {
  checkExpression,
  type Expression,
  type ExpressionFault,
  everyPart,
  parseExpression,
} from '../expression/index.ts';
import { factSchema } from '../facts/fact-columns.ts';
import { sectionEntries } from '../raw-charter.ts';
import { didYouMean, editDistance, nearestName } from '../suggest.ts';
import type { YamlSource } from '../yaml-source.ts';

const clockParts = /^(.+?)_(days|started|stopped|restarts|paused_days)$/;

interface ClockEntry {
  readonly id: string;
  readonly restart?: string[];
  readonly pause?: { from: string; to: string }[];
}

function clocksOf(content: unknown): readonly ClockEntry[] {
  return sectionEntries(content, 'clocks').flatMap(({ id, value }) =>
    id === undefined
      ? []
      : [{ id, ...(value.restart ? { restart: [] } : {}), ...(value.pause ? { pause: [] } : {}) }],
  );
}

/** A clock's column that a name misses by a letter or two; further off it may be a column of the data. */
function nearlyClock(name: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(name) || !clockParts.test(name)) return undefined;
  const most = name.length >= 12 ? 2 : 1;
  return [...known].find((column) => clockParts.test(column) && editDistance(name, column) <= most);
}

function comparedWith(part: Expression, column: string): readonly (Expression & { readonly kind: 'text' })[] {
  const isColumn = (side: Expression) => side.kind === 'column' && side.name === column;
  const sides =
    part.kind === 'compare' && (isColumn(part.left) || isColumn(part.right))
      ? [part.left, part.right]
      : part.kind === 'in' && isColumn(part.part)
        ? part.options
        : [];
  return sides.filter((side) => side.kind === 'text');
}

/** Expressions that cannot be read, do not fit the kinds that are known, or speak of clocks and endings that do not exist. */
export function wrongExpressions(source: YamlSource): readonly WellspentError[] {
  const schema = factSchema(canonicalTables.cases, clocksOf(source.content), true);
  const known = new Set(schema.columns.keys());
  const endings = sectionEntries(source.content, 'endings').flatMap(({ id }) =>
    id === undefined ? [] : [id],
  );
  return charterExpressions(source.content).flatMap(({ path, text, wanted }) => {
    const isEnding = path[0] === 'endings';
    const { expression, fault: unreadable } = parseExpression(text);
    const report = (
      { message, span, hint }: ExpressionFault,
      code: 'CHARTER_EXPRESSION' | 'CHARTER_REFERENCE',
    ) =>
      source.fault(code, path, `in "${text}", at character ${span.start + 1}: ${message}.`, {
        found: text.slice(span.start, span.end) || 'the end',
        hint,
      });
    if (!expression) return [report(unreadable, 'CHARTER_EXPRESSION')];
    const parts = everyPart(expression);
    const faults = checkExpression(expression, schema, wanted).map((fault) =>
      report(fault, 'CHARTER_EXPRESSION'),
    );
    const circular = parts
      .filter((part) => isEnding && part.kind === 'column' && part.name === 'ending')
      .map(({ span }) =>
        report(
          {
            message: 'an ending cannot depend on the ending itself',
            span,
            hint: 'use steps, clocks and columns',
          },
          'CHARTER_EXPRESSION',
        ),
      );
    const clocks = parts.flatMap((part) => {
      const near = part.kind === 'column' ? nearlyClock(part.name, known) : undefined;
      return near === undefined || part.kind !== 'column'
        ? []
        : [
            report(
              { message: `no clock gives "${part.name}"`, span: part.span, hint: near },
              'CHARTER_REFERENCE',
            ),
          ];
    });
    const wrongEndings = parts
      .flatMap((part) => comparedWith(part, 'ending'))
      .filter((side) => !endings.includes(side.value))
      .map((side) => {
        const near = nearestName(side.value, endings);
        return report(
          {
            message: `there is no ending "${side.value}"`,
            span: side.span,
            hint: near === undefined ? didYouMean(side.value, endings) : `ending = '${near}'`,
          },
          'CHARTER_REFERENCE',
        );
      });
    return [...faults, ...circular, ...clocks, ...(isEnding ? [] : wrongEndings)];
  });
}
