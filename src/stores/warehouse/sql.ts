/** A value that may be bound to a query. Dates are bound as ISO text and cast in the SQL. */
export type SqlValue = string | number | boolean | null;

/** A fragment of SQL: text with holes, and what fills each hole. Values never become text. */
export interface Sql {
  readonly kind: 'sql';
  readonly parts: readonly string[];
  readonly holes: readonly (SqlValue | Sql | Identifier)[];
}

/** A name of a table or column, quoted by the dialect when the query is compiled. */
export interface Identifier {
  readonly kind: 'identifier';
  readonly name: string;
}

function isFragment(hole: unknown): hole is Sql | Identifier {
  return typeof hole === 'object' && hole !== null;
}

/**
 * Builds a fragment: `` sql`select ${identifier('case id')} from events where step = ${step}` ``.
 * Holes are bound values, identifiers or other fragments; there is no way to paste text but `keyword`.
 */
export function sql(parts: TemplateStringsArray, ...holes: readonly (SqlValue | Sql | Identifier)[]): Sql {
  return { kind: 'sql', parts: [...parts], holes };
}

/** A table or column name taken as data. */
export function identifier(name: string): Identifier {
  return { kind: 'identifier', name };
}

/** Joins fragments with a separator written in our own code, such as `', '` or `' and '`. */
export function joinSql(fragments: readonly (Sql | Identifier)[], separator: string): Sql {
  if (fragments.length === 0) return sql``;
  const parts = ['', ...fragments.slice(1).map(() => separator), ''];
  return { kind: 'sql', parts, holes: fragments };
}

/** SQL text written in our own code, never from data: operators, function names, types. */
export function keyword(text: string): Sql {
  return { kind: 'sql', parts: [text], holes: [] };
}

/** A statement in an engine's own text, with the values to bind in order. */
export interface CompiledSql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Turns a fragment into an engine's text and its bound values, in order. */
export function compileSql(
  fragment: Sql,
  quote: (name: string) => string,
  placeholder: (position: number) => string,
): CompiledSql {
  const values: SqlValue[] = [];
  const pieces: string[] = [];
  const visit = (node: Sql): void => {
    node.parts.forEach((part, i) => {
      pieces.push(part);
      if (i >= node.holes.length) return;
      const hole = node.holes[i] as SqlValue | Sql | Identifier;
      if (!isFragment(hole)) {
        values.push(hole);
        pieces.push(placeholder(values.length));
      } else if (hole.kind === 'identifier') pieces.push(quote(hole.name));
      else visit(hole);
    });
  };
  visit(fragment);
  return { text: pieces.join(''), values };
}
